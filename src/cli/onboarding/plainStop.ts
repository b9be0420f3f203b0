/** A stop as the command line prints it as data. */
import type { StopReport } from "../../core/onboarding/judgeStop.ts";

export function plainStop({ stop, state, at, line }: StopReport & { readonly line: number }) {
  return {
    id: stop.id,
    state,
    /** In the onboarding. */
    line,
    ...(at === undefined ? {} : { code: { file: at.file, symbol: at.symbol.name, line: at.symbol.line } }),
  };
}
