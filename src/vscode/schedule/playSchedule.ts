/** Plays one schedule for somebody who waits for it: says so after a moment, and can be cancelled. Extension host. */
import * as vscode from "vscode";
import type { Grader, ReplayRequest, ReplayResult } from "../../protocol/grading.ts";
import { noticeLongWork } from "../longWork.ts";

/** Real ms before a replay says that it is under way. */
const patience = 300;

export function playSchedule(grader: Grader, request: ReplayRequest): Promise<ReplayResult> {
  const abort = new AbortController();
  const result = grader.replay(request, abort.signal);
  noticeLongWork({
    title: vscode.l10n.t("Interleave is replaying {0}", request.schedule),
    patience,
    cancel: () => {
      abort.abort();
    },
    done: result.catch(() => undefined),
  });
  return result;
}
