/** Every diagram parses, says what it shows to those who cannot see it, and has the elements that are bound to events. */
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { diagramProblems, tooManyParts } from "../core/lesson/diagramRules.ts";
import { maxQuoteLength } from "../core/lesson/lessonLimits.ts";
import { quoteForMessage } from "../core/lesson/lessonReader.ts";
import { parseLocatedJson } from "../core/lesson/lessonJson.ts";
import type { DiagramFacts, ReadDiagram } from "./diagramFacts.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

export function createDiagramCheck(readDiagram: ReadDiagram): LessonCheck {
  return async (lesson) => {
    const findings: Finding[] = [];
    for (const [index, { file }] of lesson.meta.diagrams.entries()) {
      const path = `diagrams/${file}`;
      const source = lesson.sources.get(path);
      if (source === undefined) continue;
      const problems = diagramProblems(source);
      findings.push(...problems.map(({ line, message }) => finding(lesson, path, line, message.en, message["zh-cn"])));
      // Mermaid does not get to see what it is not meant to act upon.
      if (problems.length > 0) continue;
      try {
        const facts = await readDiagram(source);
        findings.push(...describedFindings(lesson, path, facts), ...sizeFindings(lesson, path, facts));
        findings.push(...bindingFindings(lesson, index, facts));
      } catch (error) {
        findings.push(parseFinding(lesson, path, error));
      }
    }
    return findings;
  };
}

function parseFinding(lesson: LessonUnderCheck, path: string, error: unknown): Finding {
  const text = error instanceof Error ? error.message : String(error);
  const line = /line (\d+)/.exec(text)?.[1];
  const [first = "", ...rest] = text.split("\n");
  const sentence = `${first} ${rest.at(-1) ?? ""}`.trim();
  return finding(
    lesson,
    path,
    line === undefined ? undefined : Number(line),
    `mermaid cannot read it: ${sentence}`,
    `mermaid 无法解析：${sentence}`,
  );
}

function describedFindings(lesson: LessonUnderCheck, path: string, facts: DiagramFacts): readonly Finding[] {
  const lacks = [
    ...(facts.title.trim() === "" ? ["accTitle"] : []),
    ...(facts.description.trim() === "" ? ["accDescr"] : []),
  ];
  return lacks.map((name) => finding(lesson, path, 1, `has no ${name}`, `没有 ${name}`));
}

function sizeFindings(lesson: LessonUnderCheck, path: string, { parts }: DiagramFacts): readonly Finding[] {
  const words = tooManyParts(parts);
  return words === undefined ? [] : [finding(lesson, path, 1, words.en, words["zh-cn"])];
}

function bindingFindings(lesson: LessonUnderCheck, index: number, facts: DiagramFacts): readonly Finding[] {
  const diagram = lesson.meta.diagrams[index];
  if (diagram === undefined || diagram.bindings.length === 0) return [];
  const located = parseLocatedJson(lesson.sources.get("lesson.json") ?? "{}");
  return diagram.bindings.flatMap(({ element }, nth) =>
    facts.elements.includes(element)
      ? []
      : [
          finding(
            lesson,
            "lesson.json",
            located.lineOf(["diagrams", index, "bindings", nth, "element"]),
            `${diagram.file} has no element "${quoteForMessage(element, maxQuoteLength)}"`,
            `${diagram.file} 里没有元素“${quoteForMessage(element, maxQuoteLength)}”`,
          ),
        ],
  );
}
