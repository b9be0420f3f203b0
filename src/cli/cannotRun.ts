/** Why a command could not be run: exit status 2, and one sentence on stderr. */
import type { Words } from "../protocol/words.ts";

export class CannotRun extends Error {
  readonly words: Words;

  constructor(en: string, zhCn: string = en) {
    super(en);
    this.name = "CannotRun";
    this.words = { en, "zh-cn": zhCn };
  }
}
