/**
 * The shape of `.interleave/onboarding.json`, with which a team takes new people through lessons and through its own code.
 * This is the source; media/schemas/onboarding.schema.json is proved to agree with it by a test. Pure.
 */
import * as v from "valibot";
import { checkValue, locate } from "../checkedJson.ts";
import { failed, type Finding, type Parsed, parsed } from "../lesson/lessonFinding.ts";
import type { LocatedJson } from "../lesson/lessonJson.ts";
import * as most from "../lesson/lessonLimits.ts";
import { packNamePattern } from "../packs/lessonName.ts";
import { id, words } from "../questions/questionSchema.ts";

/** Where it lies in a repository. */
export const onboardingFile = ".interleave/onboarding.json";

/** A path inside the repository, with `/`; repositoryRules.ts says the same once more where it is read. */
const filePath = v.pipe(
  v.string(),
  v.maxLength(400),
  // eslint-disable-next-line no-control-regex -- control characters are just what a path may not hold
  v.regex(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^\\/:*?"<>|\u0000-\u001f]+(?:\/[^\\/:*?"<>|\u0000-\u001f]+)*$/),
);

/** "Pool.acquire", and where another thing has the same name "class Pool". */
const symbol = v.pipe(
  v.string(),
  v.maxLength(200),
  v.regex(
    /^(?:(?:function|func|fun|fn|def|method|class|struct|type|interface|enum|trait|const|let|var|variable|module|namespace) )?[\p{L}_$#][\p{L}\p{N}_$#-]*(?:\.[\p{L}_$#][\p{L}\p{N}_$#-]*)*$/u,
  ),
);

/** Days after the day on which the person began: 0 is that day. */
const due = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3_650));
const count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most.maxLessons));
/** Of a lesson or a track, over all packs: "semaphore", "acme/rate-limit". */
const packName = v.pipe(v.string(), v.maxLength(2 * most.maxNameLength + 1), v.regex(packNamePattern));
const step = { id: packName, due: v.optional(due), note: v.optional(words) };

const stepSchema = v.variant("kind", [
  v.strictObject({
    ...step,
    kind: v.literal("lesson"),
    /** "unaided": before the solution was looked at. */
    pass: v.optional(v.picklist(["passed", "unaided"])),
  }),
  v.strictObject({
    ...step,
    kind: v.literal("track"),
    /** How many of its lessons are to be passed (all where it is missing), and how many of those unaided. */
    pass: v.optional(v.strictObject({ lessons: v.optional(count), unaided: v.optional(count) })),
  }),
  v.strictObject({ ...step, id, kind: v.literal("stop") }),
]);

const stopSchema = v.strictObject({
  id,
  title: words,
  text: words,
  file: filePath,
  symbol,
  /** Of the code as it was when the text was written. Missing until `interleave stops --update` fills it in. */
  hash: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/))),
  /** The lesson whose pattern the code follows. */
  lesson: v.optional(packName),
});

const onboardingSchema = v.strictObject({
  $schema: v.optional(v.string()),
  version: v.literal(1),
  title: words,
  note: v.optional(words),
  steps: v.pipe(v.array(stepSchema), v.minLength(1), v.maxLength(most.maxSteps)),
  stops: v.pipe(v.array(stopSchema), v.maxLength(most.maxStops)),
});

export type Onboarding = v.InferOutput<typeof onboardingSchema>;
export type OnboardingStep = Onboarding["steps"][number];
export type CodeStop = Onboarding["stops"][number];

export interface LocatedOnboarding {
  readonly onboarding: Onboarding;
  readonly located: LocatedJson;
}

/** The lessons and tracks that it names, over all packs. */
export function lessonNamesIn({ steps, stops }: Onboarding): readonly string[] {
  return [
    ...steps.flatMap(({ kind, id: name }) => (kind === "stop" ? [] : [name])),
    ...stops.flatMap(({ lesson }) => lesson ?? []),
  ];
}

/** A file without any fault, or what is wrong with it. */
export function parseOnboarding(json: string): Parsed<LocatedOnboarding> {
  const located = locate(json, onboardingFile);
  if (!located.ok) return located;
  const checked = checkValue(onboardingSchema, located.value, onboardingFile);
  if (!checked.ok) return checked;
  const findings = repeated(checked.value, located.value);
  return findings.length > 0 ? failed(...findings) : parsed({ onboarding: checked.value, located: located.value });
}

/** What a schema cannot say: ids are given once, and a step leads to a stop that is there. */
function repeated({ steps, stops }: Onboarding, located: LocatedJson): readonly Finding[] {
  const findings: Finding[] = [];
  const report = (path: readonly (string | number)[], en: string, zhCn: string): void => {
    findings.push({ file: onboardingFile, line: located.lineOf(path), message: { en, "zh-cn": zhCn } });
  };
  const known = new Set<string>();
  for (const [index, stop] of stops.entries()) {
    if (known.has(stop.id)) {
      report(["stops", index, "id"], `two stops are called "${stop.id}"`, `有两个代码站点都叫“${stop.id}”`);
    }
    known.add(stop.id);
  }
  const seen = new Set<string>();
  for (const [index, { kind, id: name }] of steps.entries()) {
    const path = ["steps", index, "id"];
    if (seen.has(`${kind}/${name}`)) report(path, `"${name}" is a step twice`, `“${name}”在步骤里列了两次`);
    else if (kind === "stop" && !known.has(name)) {
      report(path, `there is no stop "${name}" in this file`, `本文件里没有代码站点“${name}”`);
    }
    seen.add(`${kind}/${name}`);
  }
  return findings;
}
