/** Every link is one that lessons may have, and leads somewhere; every picture is there, and every diagram is placed. */
import { lessonOrder } from "../core/lesson/catalog.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import { type LessonText, parseLessonText, type TextLink } from "../core/lesson/lessonText.ts";
import { locales } from "../protocol/words.ts";
import { finding, type LessonCheck, type LessonUnderCheck } from "./lessonCheck.ts";

export const checkLinks: LessonCheck = (lesson) => {
  const findings: Finding[] = [];
  for (const locale of locales) {
    const source = lesson.texts[locale];
    if (source === undefined) continue;
    const file = `lesson.${locale}.md`;
    const text = parseLessonText(source);
    for (const link of text.links) {
      const problem = linkProblem(lesson, text, link);
      if (problem !== undefined) findings.push(finding(lesson, file, link.line, ...problem));
    }
    findings.push(...imageFindings(lesson, file, text));
  }
  return Promise.resolve(findings);
};

function linkProblem(
  lesson: LessonUnderCheck,
  text: LessonText,
  { href, target }: TextLink,
): [string, string] | undefined {
  if (target === undefined) {
    return [
      `"${href}" is not a link that a lesson may have: https, another lesson or a section`,
      `“${href}”不是课程里可用的链接：只能是 https、另一节课或某一小节`,
    ];
  }
  const leadsNowhere: [string, string] = [`"${href}" leads nowhere`, `“${href}”指向的内容不存在`];
  switch (target.kind) {
    case "web":
      return URL.canParse(target.url) && !/\s/.test(target.url)
        ? undefined
        : [`"${href}" is not a web address`, `“${href}”不是合法的网址`];
    case "lesson":
      return lessonOrder(lesson.catalog).includes(target.lesson) ? undefined : leadsNowhere;
    case "section":
      return text.headings.some(({ slug }) => slug === target.section) ? undefined : leadsNowhere;
    case "file":
      return lesson.files.includes(target.path) ? undefined : leadsNowhere;
  }
}

function imageFindings(lesson: LessonUnderCheck, file: string, text: LessonText): readonly Finding[] {
  const findings: Finding[] = [];
  const diagrams = lesson.meta.diagrams.map((each) => `diagrams/${each.file}`);
  for (const { source, alt, line } of text.images) {
    if (source !== "original.go" && !diagrams.includes(source)) {
      findings.push(
        finding(
          lesson,
          file,
          line,
          `"${source}" is neither original.go nor a diagram of lesson.json`,
          `“${source}”既不是 original.go，也不是 lesson.json 里的图`,
        ),
      );
    }
    if (alt.trim() === "")
      findings.push(finding(lesson, file, line, `"${source}" has no text`, `“${source}”没有文字说明`));
  }
  for (const wanted of ["original.go", ...diagrams]) {
    const count = text.images.filter(({ source }) => source === wanted).length;
    if (count !== 1) {
      const line = text.images.filter(({ source }) => source === wanted)[1]?.line;
      findings.push(
        finding(
          lesson,
          file,
          line,
          `${wanted} should be placed once, but is placed ${String(count)} times`,
          `${wanted} 应放置一次，实际放置了 ${String(count)} 次`,
        ),
      );
    }
  }
  return findings;
}
