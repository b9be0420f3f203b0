/**
 * The onboarding of one folder of the workspace: its file, and what became of the code that its stops point to. Nothing is
 * read, and no thread started, before the workspace is trusted: until then it only looks whether the file is there.
 * Extension host.
 */
import * as vscode from "vscode";
import { type Finding, formatFinding } from "../../core/lesson/lessonFinding.ts";
import { isMissing, type LessonReader, UnreadableFile } from "../../core/lesson/lessonReader.ts";
import { checkStops } from "../../core/onboarding/checkStops.ts";
import type { StopReport } from "../../core/onboarding/judgeStop.ts";
import {
  type CodeStop,
  type Onboarding,
  onboardingFile,
  parseOnboarding,
} from "../../core/onboarding/onboardingSchema.ts";
import { repositoryRules } from "../../core/onboarding/repositoryRules.ts";
import { CompilerLink } from "../../runner/node/compilerLink.ts";
import { createWorkspaceLessonReader } from "../lessons/workspaceLessonReader.ts";

export type OnboardingContent =
  | { readonly kind: "none" }
  /** It is there, and the workspace is not trusted. */
  | { readonly kind: "untrusted" }
  | { readonly kind: "broken"; readonly findings: readonly Finding[] }
  | { readonly kind: "ready"; readonly onboarding: Onboarding };

export class OnboardingRepository {
  readonly root: vscode.Uri;
  readonly #distDir: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #reader: LessonReader;

  constructor(root: vscode.Uri, distDir: string, log: vscode.LogOutputChannel) {
    this.root = root;
    this.#distDir = distDir;
    this.#log = log;
    const saved = createWorkspaceLessonReader(root, () => vscode.workspace.isTrusted, repositoryRules);
    this.#reader = {
      list: (folder) => saved.list(folder),
      // What is in an editor counts, saved or not, once the file on disk was one that may be read.
      read: async (path) => {
        const text = await saved.read(path);
        const uri = this.uriOf(path).toString();
        return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri)?.getText() ?? text;
      },
    };
  }

  /** @param path in the repository */
  uriOf(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.root, path);
  }

  async read(): Promise<OnboardingContent> {
    if (!vscode.workspace.isTrusted) return { kind: (await this.#isThere()) ? "untrusted" : "none" };
    try {
      const parsed = parseOnboarding(await this.#reader.read(onboardingFile));
      if (parsed.ok) return { kind: "ready", onboarding: parsed.value.onboarding };
      return this.#broken(parsed.findings);
    } catch (error) {
      if (isMissing(error)) return { kind: "none" };
      if (error instanceof UnreadableFile) return this.#broken([{ file: onboardingFile, message: error.words }]);
      throw error;
    }
  }

  /** In a thread that ends with the answer. */
  async check(stops: readonly CodeStop[]): Promise<readonly StopReport[]> {
    if (stops.length === 0 || !vscode.workspace.isTrusted) return [];
    const compiler = new CompilerLink(this.#distDir);
    try {
      return await checkStops(stops, {
        reader: this.#reader,
        symbols: (file, text) => compiler.symbols(file, text),
      });
    } finally {
      compiler.dispose();
    }
  }

  #broken(findings: readonly Finding[]): OnboardingContent {
    for (const finding of findings) this.#log.error(formatFinding(finding, "en"));
    return { kind: "broken", findings };
  }

  async #isThere(): Promise<boolean> {
    return vscode.workspace.fs.stat(this.uriOf(onboardingFile)).then(
      () => true,
      () => false,
    );
  }
}
