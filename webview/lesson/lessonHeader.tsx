/** Head of the lesson: where it stands in the course, its title, what comes before it. Runs in the panel's page. */
import type { JSX } from "preact";
import type { LessonLink, LessonPanelState, LessonProgress } from "../../src/protocol/lessonPanelMessages.ts";
import { Icon } from "../common/icon.tsx";
import { LanguageButton } from "../common/languageButton.tsx";
import { usePanel } from "./context.ts";

const progressIcons: Readonly<Record<LessonProgress, string>> = {
  "not-started": "circle-large-outline",
  "in-progress": "circle-large",
  passed: "pass-filled",
};

export function LessonHeader({ state }: { readonly state: LessonPanelState }): JSX.Element {
  const { strings, post } = usePanel();
  const { lesson, progress, locale } = state;
  return (
    <div class="lesson-header">
      <div class="lesson-place">
        <ul class="facts">
          <li>{lesson.track}</li>
          <li>{lesson.level}</li>
          <li>{lesson.minutes}</li>
          <li class="progress-fact" data-progress={progress.status}>
            <Icon name={progressIcons[progress.status]} />
            {progress.text}
          </li>
        </ul>
        <LanguageButton
          locale={locale}
          text={strings.switchLanguage}
          choose={(language) => {
            post({ type: "setLanguage", language });
          }}
        />
      </div>
      <h1 id="part-top" tabIndex={-1}>
        {lesson.title}
      </h1>
      <p class="summary">{lesson.summary}</p>
      {lesson.prerequisites.length > 0 && <Prerequisites lessons={lesson.prerequisites} />}
    </div>
  );
}

function Prerequisites({ lessons }: { readonly lessons: readonly LessonLink[] }): JSX.Element {
  const { strings, post } = usePanel();
  return (
    <div class="prerequisites">
      <span id="prerequisites">{strings.prerequisites}</span>
      <ul aria-labelledby="prerequisites">
        {lessons.map(({ lesson, title, passed }) => (
          <li key={lesson}>
            <button
              type="button"
              class="link-button"
              onClick={() => {
                post({ type: "openLesson", lesson });
              }}
            >
              <Icon name={passed ? "pass" : "circle-large-outline"} />
              {title}
              {passed && <span class="for-screen-reader"> ({strings.passed})</span>}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
