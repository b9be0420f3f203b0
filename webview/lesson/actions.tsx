/** What else the learner can do with the exercise, and the way on. Runs in the panel's page. */
import type { ComponentChildren, JSX } from "preact";
import type { ExerciseView, LessonPanelIntent, NextLink } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { usePanel } from "./context.ts";

interface ActionsProps {
  readonly exercise: ExerciseView;
  readonly next: NextLink | undefined;
  readonly passed: boolean;
}

export function Actions({ exercise, next, passed }: ActionsProps): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <section class="actions">
      <div class="button-row">
        <Action icon="go-to-file" intent={{ type: "openExercise" }}>
          {strings.openExercise}
        </Action>
        <Action icon="diff" intent={{ type: "showSolution" }}>
          {strings.showSolution}
        </Action>
        <Action icon="discard" intent={{ type: "resetExercise" }}>
          {strings.resetExercise}
        </Action>
        {exercise.canRestore && (
          <Action icon="history" intent={{ type: "restoreExercise" }}>
            {strings.restoreExercise}
          </Action>
        )}
        <Action icon="game" intent={{ type: "beatScheduler" }}>
          {strings.beatScheduler}
        </Action>
        <Action icon="checklist" intent={{ type: "checkYourself" }}>
          {strings.checkYourself}
        </Action>
        <Action icon="beaker" intent={{ type: "openInPlayground" }}>
          {strings.openInPlayground}
        </Action>
      </div>
      {next !== undefined && (
        <button
          type="button"
          class="next-lesson"
          data-primary={passed}
          onClick={() => {
            post({ type: "openLesson", lesson: next.lesson });
          }}
        >
          <span class="next-words">
            <span class="next-label">
              {strings.nextLesson} · {next.why}
            </span>
            <span class="next-title">{next.title}</span>
          </span>
          <Icon name="arrow-right" />
        </button>
      )}
    </section>
  );
}

interface ActionProps {
  readonly icon: string;
  readonly intent: LessonPanelIntent;
  readonly children: ComponentChildren;
}

export function Action({ icon, intent, children }: ActionProps): JSX.Element {
  const { post } = usePanel();
  return (
    <button
      type="button"
      class="button secondary"
      onClick={() => {
        post(intent);
      }}
    >
      <Icon name={icon} />
      {children}
    </button>
  );
}
