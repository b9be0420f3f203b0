/** The keys of a sitting: single ones, for as long as nobody is writing. Runs in the rehearsal's page. */
import { useEffect } from "preact/hooks";

export interface KeyActions {
  readonly next: () => void;
  readonly back: () => void;
  readonly skip: () => void;
  readonly flag: () => void;
}

export function useKeys(actions: KeyActions | undefined): void {
  useEffect(() => {
    if (actions === undefined) return;
    const press = (event: KeyboardEvent): void => {
      if (event.altKey || event.ctrlKey || event.metaKey || isWriting(event)) return;
      const action = actionOf(event.key, actions);
      if (action === undefined) return;
      event.preventDefault();
      action();
    };
    window.addEventListener("keydown", press);
    return () => {
      window.removeEventListener("keydown", press);
    };
  }, [actions]);
}

function actionOf(key: string, actions: KeyActions): (() => void) | undefined {
  if (/^[1-9]$/.test(key)) return choice(Number(key) - 1);
  switch (key.toLowerCase()) {
    case "n":
      return actions.next;
    case "p":
      return actions.back;
    case "s":
      return actions.skip;
    case "f":
      return actions.flag;
    default:
      return undefined;
  }
}

/** The control itself takes the choice, whoever made it. */
function choice(place: number): (() => void) | undefined {
  const found = document.querySelectorAll<HTMLElement>(".question .choice")[place];
  return found === undefined
    ? undefined
    : () => {
        found.click();
      };
}

function isWriting({ target }: KeyboardEvent): boolean {
  return target instanceof HTMLElement && target.matches("textarea, input[type=text]");
}
