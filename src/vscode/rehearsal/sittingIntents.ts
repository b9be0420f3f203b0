/** What each intent of the page means while a rehearsal is sat. Extension host. */
import type { CheckedAssessmentIntent } from "../../core/assessment/assessmentIntent.ts";
import type { RehearsalSitting } from "./rehearsalSitting.ts";

type SittingIntent = Extract<
  CheckedAssessmentIntent,
  { type: "show" | "choose" | "skip" | "flag" | "explain" | "openTask" | "pause" | "resume" | "handIn" }
>;

export async function sit(sitting: RehearsalSitting, intent: SittingIntent): Promise<void> {
  const { writer } = sitting;
  switch (intent.type) {
    case "show":
      sitting.show(intent.item);
      return;
    case "choose":
      writer.record({ type: "answered", item: intent.item, choice: intent.choice });
      return;
    case "skip":
      writer.record({ type: "skipped", item: intent.item });
      return;
    case "flag":
      writer.record({ type: "flagged", item: intent.item, flagged: intent.flagged });
      return;
    case "explain":
      writer.write(intent.item, "explanation", intent.text);
      return;
    case "openTask":
      return sitting.openTask(intent.item);
    case "pause":
      sitting.pause();
      return;
    case "resume":
      if (!sitting.session.running) sitting.resume();
      return;
    case "handIn":
      sitting.finish("handed-in");
  }
}
