/** The radar of a report: the learner's skills beside the two profiles of the source document. Pure. */
import type { RadarView } from "../../protocol/reportMessages.ts";
import type { Locale } from "../../protocol/words.ts";
import { layoutRadar } from "./radar.ts";
import type { SkillScore } from "./rehearsal.ts";
import { reportStrings } from "./reportStrings.ts";
import * as say from "./reportWords.ts";
import { areas, profileIds, type SkillId, skillIds, skills } from "./skills.ts";

const size = { radius: 150, margin: 128, wrapAt: 15 };

export function radarView(scores: readonly SkillScore[], locale: Locale): RadarView {
  const strings = reportStrings[locale];
  const valueOf = (skill: SkillId): number | undefined => {
    const its = scores.find((each) => each.skill === skill);
    return its === undefined || its.of === 0 ? undefined : its.points / its.of;
  };
  const series = [
    ...profileIds.map((profile) => ({
      kind: profile,
      title: say.profileLines[profile][locale],
      values: skillIds.map((skill) => areas[skills[skill].area].share[profile] / 100),
    })),
    { kind: "you" as const, title: strings.you, values: skillIds.map(valueOf) },
  ];
  const layout = layoutRadar(
    skillIds.map((skill) => ({ label: skills[skill].title[locale] })),
    series,
    size,
  );
  return {
    width: layout.width,
    height: layout.height,
    rings: layout.rings.map(({ value, path, label }) => ({ path, at: label, text: percent(value) })),
    spokes: layout.spokes,
    labels: layout.labels,
    areas: series.flatMap(({ kind, title }, index) => {
      const area = layout.areas[index];
      return area === undefined ? [] : [{ kind, title, ...area }];
    }),
    rows: skillIds.map((skill) => {
      const { area, title } = skills[skill];
      const value = valueOf(skill);
      return {
        skill: title[locale],
        area: say.areaTitle(area)[locale],
        campus: percent(areas[area].share.campus / 100),
        experienced: percent(areas[area].share.experienced / 100),
        you: value === undefined ? strings.notAsked : percent(value),
      };
    }),
  };
}

function percent(value: number): string {
  return `${String(Math.round(value * 100))} %`;
}
