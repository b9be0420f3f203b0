/**
 * Links into this extension, whoever wrote them: `/lesson/…` opens a lesson, `/playground#…` a program after a question.
 * VS Code itself asks first whether the extension may open the link, unless the user follows it inside of VS Code. Extension host.
 */
import * as vscode from "vscode";
import { lessonLinkPath, lessonOfLink } from "../core/lesson/lessonLink.ts";
import { parseLessonName } from "../core/packs/lessonName.ts";
import type { LessonActions } from "./lessons/lessonActions.ts";
import type { LessonLibrary } from "./lessons/lessonLibrary.ts";
import { isPlaygroundLink } from "./playground/playgroundLinks.ts";
import type { PlaygroundPanel } from "./playground/playgroundPanel.ts";
import type { Settings } from "./settings.ts";
import { UserError } from "./userError.ts";

export interface LinkParts {
  /** The extension's full id: the authority of its links. */
  readonly extensionId: string;
  readonly actions: LessonActions;
  readonly library: LessonLibrary;
  readonly playground: PlaygroundPanel;
  readonly settings: Settings;
  /** Logs an error and gives a sentence for the user. */
  readonly explain: (error: unknown) => string;
}

export class Links implements vscode.UriHandler {
  readonly #parts: LinkParts;

  constructor(parts: LinkParts) {
    this.#parts = parts;
  }

  async handleUri(uri: vscode.Uri): Promise<void> {
    const { playground, explain } = this.#parts;
    try {
      if (isPlaygroundLink(uri)) await playground.openLink(uri);
      else await this.#openLesson(uri);
    } catch (error) {
      void vscode.window.showErrorMessage(explain(error));
    }
  }

  /** Puts the link to this lesson into the clipboard. */
  async copy(lesson: string): Promise<void> {
    const { extensionId, library, settings } = this.#parts;
    const { meta } = await library.lesson(lesson);
    await vscode.env.clipboard.writeText(`${vscode.env.uriScheme}://${extensionId}${lessonLinkPath(lesson)}`);
    const title = meta.title[settings.lessonLocale()];
    void vscode.window.showInformationMessage(vscode.l10n.t("The link to “{0}” was copied.", title));
  }

  /** Where it cannot be opened, the list of lessons is shown beside the reason. */
  async #openLesson({ path }: vscode.Uri): Promise<void> {
    try {
      const lesson = lessonOfLink(path);
      if (lesson === undefined) {
        throw new UserError(vscode.l10n.t("This link names no lesson. It may have been cut short on its way."));
      }
      if (parseLessonName(lesson)?.pack !== undefined) await this.#awaitOtherExtensions();
      await this.#parts.actions.open(lesson);
    } catch (error) {
      await vscode.commands.executeCommand("interleave.lessons.focus");
      throw error;
    }
  }

  /** Those that build on this one bring their packs once they are active: in a new window, a link may be there before them. */
  async #awaitOtherExtensions(): Promise<void> {
    const { extensionId } = this.#parts;
    const waiting = vscode.extensions.all.filter((each) => !each.isActive && dependsOn(each, extensionId));
    await Promise.allSettled(waiting.map((each) => each.activate()));
  }
}

function dependsOn({ packageJSON }: vscode.Extension<unknown>, id: string): boolean {
  const { extensionDependencies } = packageJSON as { readonly extensionDependencies?: unknown };
  if (!Array.isArray(extensionDependencies)) return false;
  return extensionDependencies.some((each) => typeof each === "string" && each.toLowerCase() === id.toLowerCase());
}
