/** Prerequisites never lead back to where they began. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import { maxQuoteLength } from "../core/lesson/lessonLimits.ts";
import { quoteForMessage } from "../core/lesson/lessonReader.ts";
import type { LessonUnderCheck } from "./lessonCheck.ts";

/** What of a lesson is kept until all have been read. */
export interface LinkedLesson {
  readonly prerequisites: readonly string[];
  /** Of each of them in lesson.json. */
  readonly lines: readonly number[];
}

export function linkedLesson({ meta, sources }: Pick<LessonUnderCheck, "meta" | "sources">): LinkedLesson {
  const located = parseLocatedJson(sources.get("lesson.json") ?? "{}");
  const lines = meta.prerequisites.map((_, index) => located.lineOf(["prerequisites", index]));
  return { prerequisites: meta.prerequisites, lines };
}

/** One finding for each prerequisite through which a circle closes. Without recursion: a circle may be as long as the pack. */
export function circleFindings(lessons: ReadonlyMap<string, LinkedLesson>): readonly Finding[] {
  const findings: Finding[] = [];
  const finished = new Set<string>();
  // Sorted: lessons arrive in the order in which the disk answers.
  for (const start of [...lessons.keys()].sort()) {
    const path: { readonly id: string; next: number }[] = finished.has(start) ? [] : [{ id: start, next: 0 }];
    const onPath = new Set([start]);
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const lesson = lessons.get(step.id);
      const at = step.next++;
      const target = lesson?.prerequisites[at];
      if (lesson === undefined || target === undefined) {
        path.pop();
        onPath.delete(step.id);
        finished.add(step.id);
      } else if (onPath.has(target)) {
        // A lesson that names itself has its own finding.
        if (target !== step.id)
          findings.push(
            circle(
              path.map(({ id }) => id),
              target,
              lesson.lines[at],
            ),
          );
      } else if (!finished.has(target)) {
        path.push({ id: target, next: 0 });
        onPath.add(target);
      }
    }
  }
  return findings;
}

function circle(path: readonly string[], target: string, line: number | undefined): Finding {
  const round = quoteForMessage([...path.slice(path.indexOf(target)), target].join(" → "), maxQuoteLength);
  return {
    file: `${path.at(-1) ?? target}/lesson.json`,
    ...(line === undefined ? {} : { line }),
    message: { en: `the prerequisites lead in a circle: ${round}`, "zh-cn": `前置课程绕成了圈：${round}` },
  };
}
