/** The author's gate: runs every check on every lesson of a pack. */
import { createLimit } from "../base/limit.ts";
import { lessonOrder } from "../core/lesson/catalog.ts";
import { readUsableCatalog } from "../core/lesson/lessonFiles.ts";
import type { Finding } from "../core/lesson/lessonFinding.ts";
import type { LessonReader } from "../core/lesson/lessonReader.ts";
import type { NodeGrader } from "../runner/node/createNodeGrader.ts";
import { checkCatalog } from "./checkCatalog.ts";
import { circleFindings, type LinkedLesson, linkedLesson } from "./checkCircles.ts";
import { type NamedCheck, runCheck, runningChecks, structuralChecks } from "./checks.ts";
import { createDiagramReader } from "./diagramFacts.ts";
import { createLessonGrader } from "./gradeLesson.ts";
import { readLessonUnderCheck } from "./readLesson.ts";
import { sortedOnce } from "./sortedFindings.ts";
import { createTypeChecker, type TypeChecker } from "./typeChecker.ts";

/** Sandboxes that run side by side. */
const runsAtOnce = 2;
/** Lessons that are read and checked side by side. */
const lessonsAtOnce = 4;

export interface VerifyOptions {
  readonly reader: LessonReader;
  readonly distDir: string;
  /** Without one, only what needs neither compiler nor sandbox is checked. */
  readonly grader?: NodeGrader;
  readonly signal: AbortSignal;
  /** A remark that is no finding. */
  readonly note: (en: string, zhCn: string) => void;
  /** Told when a check of a lesson is done. */
  readonly progress: (lesson: string, done: number, total: number) => void;
}

export interface PackReport {
  readonly lessons: readonly string[];
  /** By file, line and text. */
  readonly findings: readonly Finding[];
}

export async function verifyPack(options: VerifyOptions): Promise<PackReport> {
  const { reader } = options;
  const { catalog, findings: problems } = await readUsableCatalog(reader);
  if (catalog === undefined) return { lessons: [], findings: problems };
  const ids = lessonOrder(catalog);
  const findings: Finding[] = [...problems, ...(await checkCatalog(reader, catalog))];
  const typeChecker = createTypeChecker(options.distDir);
  const diagrams = createDiagramReader(options.distDir);
  const { grader } = options;
  const running = grader === undefined ? [] : checksWithGrader(options, grader, typeChecker);
  const checks = [...running, ...structuralChecks((source) => diagrams.read(source))];
  // A pack may be large: what is held of it at any time is not.
  const limited = createLimit(lessonsAtOnce);
  const prerequisites = new Map<string, LinkedLesson>();
  const checkLesson = async (id: string): Promise<void> => {
    const { lesson, findings: found } = await readLessonUnderCheck(id, { reader, catalog });
    findings.push(...found);
    if (lesson === undefined || options.signal.aborted) return;
    prerequisites.set(id, linkedLesson(lesson));
    let done = 0;
    const run = async (check: NamedCheck): Promise<void> => {
      findings.push(...(await runCheck(check, lesson)));
      options.progress(id, ++done, checks.length);
    };
    await Promise.all(checks.map(run));
  };
  try {
    await Promise.all(ids.map((id) => limited(() => checkLesson(id))));
  } finally {
    typeChecker.dispose();
    diagrams.dispose();
  }
  findings.push(...circleFindings(prerequisites));
  return { lessons: ids, findings: sortedOnce(findings) };
}

function checksWithGrader(
  { distDir, signal, note }: VerifyOptions,
  grader: NodeGrader,
  typeChecker: TypeChecker,
): readonly NamedCheck[] {
  return runningChecks({
    distDir,
    grader: createLessonGrader(grader, runsAtOnce, signal),
    simulator: (file) => grader.simulator(file),
    typeChecker,
    signal,
    onMissingGo: () => {
      note("Go is not installed, so the Go originals were not checked.", "没有安装 Go，因此未检查 Go 原文。");
    },
  });
}
