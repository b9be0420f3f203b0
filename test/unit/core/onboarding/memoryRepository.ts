// A repository in memory, and stops to look for in it.
import { type LessonEntry, type LessonReader, unreadable } from "../../../../src/core/lesson/lessonReader.ts";
import type { CodeStop } from "../../../../src/core/onboarding/onboardingSchema.ts";
import { repositoryRules } from "../../../../src/core/onboarding/repositoryRules.ts";

/** @param files path -> text */
export function memoryRepository(files: Readonly<Record<string, string>>): LessonReader {
  return {
    read: (path) => {
      repositoryRules.segments(path);
      const text = files[path];
      return text === undefined ? Promise.reject(unreadable.missing()) : Promise.resolve(text);
    },
    list: (folder) => {
      const entries = new Map<string, LessonEntry>();
      for (const path of Object.keys(files)) {
        if (folder !== "" && !path.startsWith(`${folder}/`)) continue;
        const rest = (folder === "" ? path : path.slice(folder.length + 1)).split("/");
        const [name = ""] = rest;
        entries.set(name, { name, kind: rest.length > 1 ? "folder" : "file" });
      }
      return Promise.resolve([...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
    },
  };
}

export function stopOf(stop: Pick<CodeStop, "id" | "file" | "symbol"> & Partial<CodeStop>): CodeStop {
  const words = { en: "Here", "zh-cn": "这里" };
  return { title: words, text: words, ...stop };
}
