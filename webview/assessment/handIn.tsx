/** Asks before a rehearsal is handed in, with what is not answered. Runs in the rehearsal's page. */
import type { JSX } from "preact";
import { Button } from "../common/control.tsx";
import { format } from "../common/format.ts";
import { useAssessment } from "./context.ts";

interface HandInProps {
  readonly unanswered: number;
  readonly keepGoing: () => void;
}

export function HandIn({ unanswered, keepGoing }: HandInProps): JSX.Element {
  const { strings, post } = useAssessment();
  return (
    <section class="hand-in" role="alertdialog" aria-labelledby="hand-in" aria-describedby="hand-in-text">
      <h2 id="hand-in">{strings.handIn}</h2>
      <p id="hand-in-text">{textOf(unanswered, strings)}</p>
      <div class="button-row">
        <Button
          text={strings.handInAnyway}
          primary={true}
          press={() => {
            post({ type: "handIn" });
          }}
        />
        <Button text={strings.keepGoing} primary={false} press={keepGoing} focused={true} />
      </div>
    </section>
  );
}

function textOf(
  unanswered: number,
  strings: { readonly unanswered: string; readonly unansweredOne: string; readonly allAnswered: string },
): string {
  if (unanswered === 0) return strings.allAnswered;
  return unanswered === 1 ? strings.unansweredOne : format(strings.unanswered, unanswered);
}
