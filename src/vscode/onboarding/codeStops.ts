/** Takes a learner to the code that a stop points to, with the team's text beside it. Extension host. */
import * as vscode from "vscode";
import type { StopReport } from "../../core/onboarding/judgeStop.ts";
import { stopOrder } from "../../core/onboarding/onboardingProgress.ts";
import type { CodeStop } from "../../core/onboarding/onboardingSchema.ts";
import type { OnboardingNode } from "./onboardingTree.ts";
import type { OnboardingRepository } from "./onboardingRepository.ts";
import type { Onboardings, OpenOnboarding } from "./onboardings.ts";
import type { Settings } from "../settings.ts";
import { UserError } from "../userError.ts";

interface Stop {
  readonly entry: OpenOnboarding;
  readonly stop: CodeStop;
}

export class CodeStops implements vscode.Disposable {
  readonly #onboardings: Onboardings;
  readonly #settings: Settings;
  readonly #comments: vscode.CommentController;
  #thread: vscode.CommentThread | undefined;
  /** The stop that was opened last. */
  #current: { readonly root: string; readonly id: string } | undefined;

  constructor(onboardings: Onboardings, settings: Settings) {
    this.#onboardings = onboardings;
    this.#settings = settings;
    this.#comments = vscode.comments.createCommentController("interleave.onboarding", vscode.l10n.t("Onboarding"));
  }

  dispose(): void {
    this.#comments.dispose();
  }

  /** @param node what was clicked; without one the learner picks. */
  async start(node?: OnboardingNode): Promise<void> {
    const { repositories } = this.#onboardings;
    const [first, ...others] = repositories;
    if (node?.kind === "onboarding") return this.#start(node.entry.repository);
    if (first === undefined) {
      throw new UserError(vscode.l10n.t("No folder of this window has an onboarding (.interleave/onboarding.json)."));
    }
    if (others.length === 0) return this.#start(first);
    const items = repositories.map((repository) => ({
      label: repository.root.path.split("/").at(-1) ?? "",
      repository,
    }));
    const picked = await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t("Which folder?") });
    if (picked !== undefined) await this.#start(picked.repository);
  }

  async open(node?: OnboardingNode): Promise<void> {
    const chosen = node?.kind === "stop" ? node : await this.#pick();
    if (chosen !== undefined) await this.#open(chosen);
  }

  /** The one after the last that was opened, in the order of the steps; after the last the first. */
  async openNext(): Promise<void> {
    const all = await this.#all();
    const at = all.findIndex(
      ({ entry, stop }) => stop.id === this.#current?.id && entry.repository.root.toString() === this.#current.root,
    );
    const next = all[at + 1] ?? all[0];
    if (next === undefined) throw new UserError(vscode.l10n.t("There is no code stop in this window."));
    await this.#open(next);
  }

  async #start(repository: OnboardingRepository): Promise<void> {
    await this.#onboardings.start(repository);
  }

  async #all(): Promise<readonly Stop[]> {
    const entries = await this.#onboardings.entries();
    return entries.flatMap((entry) =>
      entry.kind === "ready" ? stopOrder(entry.progress).map((stop) => ({ entry, stop })) : [],
    );
  }

  async #pick(): Promise<Stop | undefined> {
    const locale = this.#settings.lessonLocale();
    const all = await this.#all();
    if (all.length === 0) throw new UserError(vscode.l10n.t("There is no code stop in this window."));
    const items = all.map((each) => ({
      label: each.stop.title[locale],
      description: `${each.stop.symbol} · ${each.stop.file}`,
      each,
    }));
    const picked = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t("Which code stop?"),
      matchOnDescription: true,
    });
    return picked?.each;
  }

  async #open({ entry, stop }: Stop): Promise<void> {
    const { repository } = entry;
    const report = await this.#onboardings.look(repository, stop);
    const locale = this.#settings.lessonLocale();
    this.#current = { root: repository.root.toString(), id: stop.id };
    const problem = report?.problem?.[locale];
    // A stop that nobody has hashed yet is the author's business.
    if (problem !== undefined && report?.state !== "unhashed") {
      void vscode.window.showWarningMessage(`${stop.title[locale]}: ${problem}`);
    }
    await this.#show(entry, stop, report);
    await this.#onboardings.markSeen(repository, stop);
  }

  async #show(entry: OpenOnboarding, stop: CodeStop, report: StopReport | undefined): Promise<void> {
    const place = report?.at;
    // A file that may not be read (it is a link, say) is not opened either: the warning has said why.
    if (report === undefined || (report.state === "unclear" && place === undefined)) return;
    const uri = entry.repository.uriOf(place?.file ?? stop.file);
    const document = await Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
    // The warning has said that it is gone.
    if (document === undefined) return;
    const position = new vscode.Position((place?.symbol.line ?? 1) - 1, (place?.symbol.column ?? 1) - 1);
    const range = new vscode.Range(position, position);
    const editor = await vscode.window.showTextDocument(document, { selection: range, preview: true });
    editor.revealRange(range, vscode.TextEditorRevealType.InCenter);
    this.#thread?.dispose();
    this.#thread = this.#comments.createCommentThread(uri, range, [this.#comment(entry, stop, report)]);
    this.#thread.label = stop.title[this.#settings.lessonLocale()];
    this.#thread.canReply = false;
    this.#thread.contextValue = "stop";
    this.#thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
  }

  #comment(entry: OpenOnboarding, stop: CodeStop, report: StopReport | undefined): vscode.Comment {
    const locale = this.#settings.lessonLocale();
    const body = new vscode.MarkdownString();
    const problem = report?.state === "unhashed" ? undefined : report?.problem?.[locale];
    if (problem !== undefined) body.appendMarkdown("⚠ ").appendText(problem).appendMarkdown("\n\n");
    // The team's own Markdown: no commands, no HTML.
    body.appendMarkdown(stop.text[locale]);
    return { body, mode: vscode.CommentMode.Preview, author: { name: entry.onboarding.title[locale] } };
  }
}
