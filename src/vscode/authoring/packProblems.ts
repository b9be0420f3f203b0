/** What the author's gate finds in packs that are being written, in the Problems view. Extension host. */
import * as vscode from "vscode";
import type { Finding } from "../../core/lesson/lessonFinding.ts";
import type { Locale } from "../../protocol/words.ts";
import { failureSource } from "../exercise/failureDiagnostics.ts";

export class PackProblems implements vscode.Disposable {
  readonly #collection = vscode.languages.createDiagnosticCollection("interleave-packs");
  /** Files of each pack that have problems, by the pack's root. */
  readonly #shown = new Map<string, readonly vscode.Uri[]>();

  /**
   * Shows these and takes away what was there of the pack before.
   * @param fileOf the file at which a finding is shown, relative to the root: what is missing has no place of its own.
   */
  show(root: vscode.Uri, findings: readonly Finding[], fileOf: (finding: Finding) => string, locale: Locale): void {
    const byFile = new Map<string, vscode.Diagnostic[]>();
    for (const finding of findings) {
      const file = fileOf(finding);
      const message = file === finding.file ? finding.message[locale] : `${finding.file}: ${finding.message[locale]}`;
      const line = file === finding.file ? finding.line : undefined;
      const range = lineRange(vscode.Uri.joinPath(root, file), line ?? 1);
      const problem = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
      problem.source = failureSource;
      if (finding.code !== undefined) problem.code = finding.code;
      byFile.set(file, [...(byFile.get(file) ?? []), problem]);
    }
    const files = [...byFile].map(([file, problems]) => [vscode.Uri.joinPath(root, file), problems] as const);
    const key = root.toString();
    const now = new Set(files.map(([uri]) => uri.toString()));
    for (const uri of this.#shown.get(key) ?? []) if (!now.has(uri.toString())) this.#collection.delete(uri);
    for (const [uri, problems] of files) this.#collection.set(uri, problems);
    this.#shown.set(
      key,
      files.map(([uri]) => uri),
    );
  }

  clear(root: vscode.Uri): void {
    for (const uri of this.#shown.get(root.toString()) ?? []) this.#collection.delete(uri);
    this.#shown.delete(root.toString());
  }

  dispose(): void {
    this.#collection.dispose();
  }
}

/** What stands on the line; of a file that is not open, all that may stand there. */
function lineRange(uri: vscode.Uri, line: number): vscode.Range {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open === undefined) return new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
  const { text, range, firstNonWhitespaceCharacterIndex } = open.lineAt(Math.min(line, open.lineCount) - 1);
  const start = text.trim() === "" ? 0 : firstNonWhitespaceCharacterIndex;
  return range.with(range.start.with({ character: start }), range.end.with({ character: text.trimEnd().length }));
}
