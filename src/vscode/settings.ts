/** The extension's settings, typed. The manifest's `contributes.configuration` declares the same keys. Extension host. */
import * as vscode from "vscode";
import { type Locale, localeFor } from "../protocol/words.ts";
import type { PackListLevel, PackLists } from "./packs/packSetting.ts";

const section = "interleave";

interface SettingTypes {
  readonly gradeOnSave: boolean;
  readonly codeLens: boolean;
  readonly exercisesFolder: string;
  readonly lessonLanguage: "auto" | Locale;
  readonly openOnStart: string;
  readonly packs: readonly string[];
  readonly showTimeline: "onFailure" | "never";
}

export type SettingKey = keyof SettingTypes;

const defaults: SettingTypes = {
  gradeOnSave: true,
  codeLens: true,
  exercisesFolder: "",
  lessonLanguage: "auto",
  openOnStart: "",
  packs: [],
  showTimeline: "onFailure",
};

export class Settings {
  get<K extends SettingKey>(key: K): SettingTypes[K] {
    return vscode.workspace.getConfiguration(section).get<SettingTypes[K]>(key, defaults[key]);
  }

  /** Writes to the user's settings. */
  async set<K extends SettingKey>(key: K, value: SettingTypes[K]): Promise<void> {
    await vscode.workspace.getConfiguration(section).update(key, value, vscode.ConfigurationTarget.Global);
  }

  /**
   * What the user's list of packs says, and the workspace's. VS Code itself would let one take the place of the other. That of a
   * workspace without trust says nothing.
   */
  packLists(): PackLists {
    const found = vscode.workspace.getConfiguration(section).inspect<unknown>("packs" satisfies SettingKey);
    const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
    return {
      user: listOf(found?.globalValue),
      workspace: vscode.workspace.isTrusted ? listOf(found?.workspaceValue) : [],
    };
  }

  async setPackList(level: PackListLevel, list: readonly unknown[]): Promise<void> {
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const target = level === "user" ? Global : Workspace;
    await vscode.workspace.getConfiguration(section).update("packs", list.length === 0 ? undefined : list, target);
  }

  onDidChange(key: SettingKey, listener: () => void): vscode.Disposable {
    return vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${section}.${key}`)) listener();
    });
  }

  /** The language in which lessons are shown. */
  lessonLocale(): Locale {
    const language = this.get("lessonLanguage");
    return language === "auto" ? localeFor(vscode.env.language) : language;
  }
}
