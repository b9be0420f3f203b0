/** What an author is told beside a lesson that is being written: how the spec does, and what the gate would say. Pure. */
import type { AuthorFindingView, AuthorOutcomeView, AuthorView } from "../../protocol/authorView.ts";
import type { Diagnosis } from "../../protocol/diagnosis.ts";
import type { Locale, Words } from "../../protocol/words.ts";
import { diagnoses } from "../verdict/diagnoses.ts";
import type { Finding } from "../lesson/lessonFinding.ts";

/** What grading one of the lesson's own files showed. */
export type Outcome =
  | { readonly kind: "passes" }
  | { readonly kind: "fails"; readonly diagnosis: Diagnosis; readonly test: string }
  /** It could not be graded. `file` is the one at fault, which may be the spec. */
  | { readonly kind: "error"; readonly message: Words; readonly file: string; readonly line?: number };

export type RunStanding =
  | { readonly kind: "none" }
  | { readonly kind: "running" }
  /** The author stopped it. */
  | { readonly kind: "stopped" }
  | { readonly kind: "done" }
  /** It could not be done at all. */
  | { readonly kind: "broken"; readonly problem: string };

export interface AuthorInputs {
  readonly locale: Locale;
  readonly lesson: string;
  /** Address of the lesson's folder. */
  readonly folder: string;
  /** The known mistakes and what each declares. */
  readonly mistakes: readonly { readonly name: string; readonly diagnosis: Diagnosis }[];
  /** By file of the lesson: "solution.ts", "exercise.ts", "mistakes/a.ts". */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly standing: RunStanding;
  /** Of the whole pack. */
  readonly findings: readonly Finding[];
}

/** A file of the lesson, and how it stands. `ok` is undefined where that is not known yet. */
interface Judged {
  readonly file: string;
  readonly ok: boolean | undefined;
  readonly text: Words;
  readonly at?: { readonly file: string; readonly line?: number };
}

export function authorView(inputs: AuthorInputs): AuthorView {
  const { locale, lesson, standing } = inputs;
  const judged = judge(inputs);
  const findings = findingsOfLesson(inputs.findings, lesson).map((each) => findingView(each, lesson, locale));
  const known = judged.filter(({ ok }) => ok !== undefined);
  const bad = known.filter(({ ok }) => ok === false);
  const running = standing.kind === "running";
  const clean = bad.length === 0 && findings.length === 0;
  return {
    folder: inputs.folder,
    standing: running
      ? "running"
      : !clean || standing.kind === "broken"
        ? "failed"
        : standing.kind === "done"
          ? "passed"
          : "none",
    headline: headline(inputs, judged, findings.length)[locale],
    ...(running ? { progress: { done: known.length, total: judged.length } } : {}),
    outcomes: [...bad, ...judged.filter(({ ok }) => ok !== false)].map((each) => outcomeView(each, lesson, locale)),
    findings,
    words: wordsOf(locale),
  };
}

/** The lesson's own, and those of the catalog, which every lesson shares. */
function findingsOfLesson(findings: readonly Finding[], lesson: string): readonly Finding[] {
  return findings.filter(({ file }) => file === lesson || file.startsWith(`${lesson}/`) || file === "catalog.json");
}

function judge({ outcomes, mistakes }: AuthorInputs): readonly Judged[] {
  const files = [
    { file: "solution.ts", judge: judgeSolution },
    { file: "exercise.ts", judge: judgeStarter },
    ...mistakes.map(({ name, diagnosis }) => ({
      file: `mistakes/${name}.ts`,
      judge: (outcome: Outcome) => judgeMistake(name, diagnosis, outcome),
    })),
  ];
  return files.map(({ file, judge: judged }): Judged => {
    const outcome = outcomes.get(file);
    if (outcome === undefined)
      return { file, ok: undefined, text: { en: `${file}: not run yet`, "zh-cn": `${file}：尚未运行` } };
    if (outcome.kind !== "error") return { file, ...judged(outcome) };
    const { message, ...at } = outcome;
    return {
      file,
      ok: false,
      text: { en: `${file} cannot be graded: ${message.en}`, "zh-cn": `${file} 无法评判：${message["zh-cn"]}` },
      at,
    };
  });
}

type Judgement = Pick<Judged, "ok" | "text">;
type Graded = Exclude<Outcome, { readonly kind: "error" }>;

function judgeSolution(outcome: Outcome): Judgement {
  return outcome.kind === "fails"
    ? {
        ok: false,
        text: {
          en: `the solution fails “${outcome.test}”: ${titleOf(outcome).en}`,
          "zh-cn": `参考解未通过“${outcome.test}”：${titleOf(outcome)["zh-cn"]}`,
        },
      }
    : { ok: true, text: { en: "the solution passes", "zh-cn": "参考解通过" } };
}

function judgeStarter(outcome: Outcome): Judgement {
  return outcome.kind === "fails"
    ? {
        ok: true,
        text: {
          en: `the starter fails as it should: ${titleOf(outcome).en}`,
          "zh-cn": `起始代码如预期未通过：${titleOf(outcome)["zh-cn"]}`,
        },
      }
    : {
        ok: false,
        text: { en: "the starter passes: there is nothing to do", "zh-cn": "起始代码已经通过，没有可练的" },
      };
}

function judgeMistake(name: string, declared: Diagnosis, outcome: Outcome): Judgement {
  if (outcome.kind !== "fails")
    return {
      ok: false,
      text: { en: `mistake “${name}” passes every test`, "zh-cn": `错误写法“${name}”通过了所有测试` },
    };
  if (outcome.diagnosis === declared)
    return {
      ok: true,
      text: { en: `mistake “${name}” is caught: ${declared}`, "zh-cn": `错误写法“${name}”如声明被查出：${declared}` },
    };
  return {
    ok: false,
    text: {
      en: `mistake “${name}” gives “${outcome.diagnosis}” but declares “${declared}” (${outcome.test})`,
      "zh-cn": `错误写法“${name}”得到“${outcome.diagnosis}”，声明的却是“${declared}”（${outcome.test}）`,
    },
  };
}

function titleOf(outcome: Graded): Words {
  return outcome.kind === "fails" ? diagnoses[outcome.diagnosis].title : { en: "", "zh-cn": "" };
}

/** "The solution passes · the starter fails … · 9 of 10 mistakes caught as declared · 2 problems" */
function headline({ standing, outcomes }: AuthorInputs, judged: readonly Judged[], problems: number): Words {
  const found: Words =
    problems === 0
      ? { en: "no problems in its files", "zh-cn": "文件没有问题" }
      : { en: problems === 1 ? "1 problem" : `${String(problems)} problems`, "zh-cn": `${String(problems)} 个问题` };
  if (standing.kind === "broken")
    return join(
      { en: `the spec could not be run: ${standing.problem}`, "zh-cn": `无法运行 spec：${standing.problem}` },
      found,
    );
  if (standing.kind === "running") return join(countedWords(judged), found);
  if (standing.kind === "stopped") return join({ en: "the run was stopped", "zh-cn": "运行已停止" }, found);
  if (standing.kind === "none")
    return join({ en: "the spec runs when a file is saved", "zh-cn": "保存文件后运行 spec" }, found);
  const spec = [...outcomes.values()].find((each) => each.kind === "error" && each.file === "spec.ts");
  if (spec?.kind === "error")
    return join(
      { en: `the spec cannot run: ${spec.message.en}`, "zh-cn": `spec 无法运行：${spec.message["zh-cn"]}` },
      found,
    );
  const [solution, starter, ...mistakes] = judged;
  const caught = mistakes.filter(({ ok }) => ok === true).length;
  const [some, all] = [String(caught), String(mistakes.length)];
  const [worst] = mistakes.filter(({ ok }) => ok === false);
  return join(
    ...(solution === undefined ? [] : [solution.text]),
    ...(starter?.ok === false ? [starter.text] : []),
    { en: `${some} of ${all} mistakes caught as declared`, "zh-cn": `${all} 个错误写法中有 ${some} 个如声明被查出` },
    ...(worst === undefined ? [] : [worst.text]),
    found,
  );
}

function countedWords(judged: readonly Judged[]): Words {
  const [done, total] = [String(judged.filter(({ ok }) => ok !== undefined).length), String(judged.length)];
  return {
    en: `running the spec: ${done} of ${total} files`,
    "zh-cn": `正在运行 spec：${total} 个文件中的第 ${done} 个`,
  };
}

function join(...parts: readonly Words[]): Words {
  const en = parts.map((each) => each.en).join(" · ");
  return { en: en.charAt(0).toUpperCase() + en.slice(1), "zh-cn": parts.map((each) => each["zh-cn"]).join(" · ") };
}

function outcomeView({ file, ok, text, at }: Judged, lesson: string, locale: Locale): AuthorOutcomeView {
  const place = placed(`${lesson}/${at?.file ?? file}`, at?.line, lesson);
  return { state: ok === undefined ? "unknown" : ok ? "good" : "bad", text: text[locale], ...place };
}

function findingView({ file, line, message }: Finding, lesson: string, locale: Locale): AuthorFindingView {
  return { text: message[locale], ...placed(file, line, lesson) };
}

function placed(file: string, line: number | undefined, lesson: string): Omit<AuthorFindingView, "text"> {
  const name = file.startsWith(`${lesson}/`) ? file.slice(lesson.length + 1) : file;
  return { file, line: line ?? 1, place: line === undefined ? name : `${name}:${String(line)}` };
}

function wordsOf(locale: Locale): AuthorView["words"] {
  return locale === "en"
    ? {
        preview: "Preview",
        outcomes: "What the spec says",
        findings: "Problems",
        run: "Check again",
        stop: "Stop",
        details: "Details",
      }
    : { preview: "预览", outcomes: "spec 的结果", findings: "问题", run: "重新检查", stop: "停止", details: "详情" };
}
