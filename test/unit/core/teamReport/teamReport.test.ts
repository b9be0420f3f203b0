// What many exports say of a team, by exact small teams, and by a large one in any order.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "../../../../src/base/random.ts";
import type { ProgressExport } from "../../../../src/core/progress/progressExport.ts";
import { mergePeople, type NamedExport } from "../../../../src/core/teamReport/people.ts";
import { teamCsv } from "../../../../src/core/teamReport/teamCsv.ts";
import { teamHtml } from "../../../../src/core/teamReport/teamHtml.ts";
import { type TeamReport, teamReport } from "../../../../src/core/teamReport/teamReport.ts";
import { locales } from "../../../../src/protocol/words.ts";
import { day, exportOf, graded, monday, team, tracks } from "./teams.ts";

const named = (...exports: readonly ProgressExport[]): readonly NamedExport[] =>
  exports.map((exported, index) => ({ file: `${String(index)}.json`, exported }));
const reportOf = (...exports: readonly ProgressExport[]): TeamReport =>
  teamReport(mergePeople(named(...exports)).people, tracks);

const ada = exportOf(
  "Ada",
  monday + 20 * day,
  [monday, graded("sleep", false, "stampede")],
  [monday + 1, graded("sleep", false, "stampede", "never-settles")],
  [monday + 2, graded("sleep", true)],
  [monday + 3, graded("sleep", false)],
  [monday + 19 * day, graded("retry", false, "stampede")],
);
const ben = exportOf(
  "Ben",
  monday + 20 * day,
  [monday, graded("sleep", false, "never-settles")],
  [monday + 1, { type: "solution-shown", lesson: "sleep" }],
  [monday + 2, graded("sleep", true)],
  [monday + 3, { type: "opened", lesson: "retry" }],
  [monday + 19 * day, graded("own-lesson", false)],
  [monday + 19 * day + 1, { type: "solution-shown", lesson: "own-lesson" }],
);

describe("a team's report", () => {
  it("says how everybody stands", () => {
    const { people } = reportOf(ada, ben);
    const standings = people.map(({ name, cells }) => [
      name,
      Object.fromEntries([...cells].map(([id, { standing, attempts }]) => [id, `${standing} ${String(attempts)}`])),
    ]);
    assert.deepEqual(standings, [
      ["Ada", { sleep: "passed 3", retry: "working 1" }],
      ["Ben", { sleep: "aided 2", retry: "left 0", "own-lesson": "left 1" }],
    ]);
    assert.deepEqual(
      people.map(({ passed, isActive }) => [passed, isActive]),
      [
        [1, true],
        [1, true],
      ],
    );
  });

  it("has the tracks in the pack's order, what the pack does not have last, and names those that nobody has begun", () => {
    const report = reportOf(ada, ben);
    assert.deepEqual(
      report.tracks.map(({ title, lessons }) => [title?.en, lessons.map(({ id }) => id)]),
      [
        ["First track", ["sleep", "retry"]],
        [undefined, ["own-lesson"]],
      ],
    );
    assert.deepEqual(
      report.untouched.map(({ id }) => id),
      ["second"],
    );
  });

  it("counts the people who ran into a kind of bug, not only how often it showed", () => {
    const { bugs } = reportOf(ada, ben);
    assert.deepEqual(
      bugs.map(({ diagnosis, people, times, lessons }) => [
        diagnosis,
        people,
        times,
        lessons.map(({ lesson }) => lesson.id),
      ]),
      [
        ["never-settles", 2, 2, ["sleep"]],
        ["stampede", 1, 3, ["sleep", "retry"]],
      ],
    );
  });

  it("puts the lesson first on which most people gave up", () => {
    const { lessons } = reportOf(ada, ben);
    assert.deepEqual(
      lessons.map(({ lesson, begun, gaveUp, attempts }) => [lesson.id, begun, gaveUp, attempts]),
      [
        ["own-lesson", 1, 1, undefined],
        ["sleep", 2, 1, { median: 2.5, most: 3 }],
        ["retry", 2, 1, undefined],
      ],
    );
  });

  it("takes somebody for stopped from the fourteenth day on", () => {
    const standingAfter = (ms: number): string | undefined => {
      const exported = exportOf("Ada", monday + ms, [monday, graded("sleep", false)]);
      return reportOf(exported).people[0]?.cells.get("sleep")?.standing;
    };
    assert.equal(standingAfter(14 * day - 1), "working");
    assert.equal(standingAfter(14 * day), "left");
  });
});

describe("two exports", () => {
  const older = exportOf("Ada", monday, [monday, graded("sleep", false)]);
  const newer = exportOf("  ADA ", monday + day, [monday, graded("sleep", true)]);

  it("by one person are one, the newer, and the older is told", () => {
    for (const exports of [
      [older, newer],
      [newer, older, newer],
    ]) {
      const { people, superseded } = mergePeople(named(...exports));
      assert.deepEqual(people, [newer]);
      assert.equal(superseded.length, 1, "a copy is not told");
      assert.equal(superseded[0]?.older.exported, older);
    }
  });

  it("at one time: the same one counts in any order", () => {
    const other = exportOf("Ada", monday, [monday, graded("sleep", true)]);
    assert.deepEqual(mergePeople(named(older, other)).people, mergePeople(named(other, older)).people);
  });

  it("without a name are two people, but a copy is not", () => {
    const one = exportOf("", monday, [monday, graded("sleep", true)]);
    const other = exportOf("", monday + 1, [monday, graded("sleep", true)]);
    const { people } = reportOf(other, one, one);
    assert.deepEqual(
      people.map(({ name, unnamed, exportedAt }) => [name, unnamed, exportedAt]),
      [
        ["", 1, one.exportedAt],
        ["", 2, other.exportedAt],
      ],
    );
  });
});

describe("two hundred people", () => {
  const lessons = ["sleep", "retry", "pool", "own-lesson"];
  const everybody = team(200, lessons);

  it("make the same page and the same table in any order of their files", () => {
    const [first, ...others] = [1, 2, 3].map((seed) => {
      const exports = new Random(seed).shuffle([...everybody, ...everybody.slice(0, 20)]);
      const report = teamReport(mergePeople(exports).people, tracks);
      return locales.flatMap((locale) => [teamHtml(report, locale), teamCsv(report, locale)]);
    });
    for (const other of others) assert.deepEqual(other, first);
  });

  it("are all there, by name and number, and each figure adds up", () => {
    const report = teamReport(mergePeople(everybody).people, tracks);
    assert.deepEqual(
      report.people.map(({ name }) => name),
      Array.from({ length: 200 }, (_, index) => `Learner ${String(index + 1)}`),
    );
    for (const { lesson, begun, counts, gaveUp } of report.lessons) {
      const cells = report.people.flatMap(({ cells: own }) => own.get(lesson.id) ?? []);
      assert.equal(cells.length, begun);
      assert.equal(counts.passed + counts.aided + counts.working + counts.left, begun);
      assert.equal(counts.aided + counts.left, gaveUp);
    }
    const exported = everybody.flatMap((each) => each.exported.lessons.flatMap(({ diagnoses }) => diagnoses));
    for (const { diagnosis, times, people } of report.bugs) {
      const own = exported.filter((each) => each.diagnosis === diagnosis);
      assert.equal(
        times,
        own.reduce((sum, each) => sum + each.times, 0),
      );
      assert.ok(people > 0 && people <= 200);
    }
    assert.ok(report.bugs.length >= 5 && report.lessons.length === 4);
    const page = teamHtml(report, "en");
    assert.equal(page.match(/<th scope="row" class="person">/g)?.length, 200);
    assert.ok(page.length < 2_000_000, String(page.length));
  });

  it("of a pack with a thousand lessons have columns only for those that somebody has begun", () => {
    const all = Array.from({ length: 1_000 }, (_, index) => ({ id: `lesson-${String(index)}` }));
    const title = { en: "Long", "zh-cn": "长" };
    const exported = exportOf("Ada", monday, [monday, graded("lesson-7", true)], [monday, graded("lesson-900", true)]);
    const report = teamReport([exported], [{ id: "long", title, lessons: all }]);
    assert.deepEqual(
      report.tracks.map(({ lessons: shown }) => shown.map(({ id }) => id)),
      [["lesson-7", "lesson-900"]],
    );
  });
});
