/** A program that begins from a lesson: the exercise as it stands, and below it the lesson's own `main`. Pure. */

/**
 * What a driver may begin with: the import that lets an editor know what it uses of the exercise. In the program the exercise stands
 * above it, so it goes.
 */
const head = /^\s*(?:import \{[^{}]*\} from "\.\/exercise\.ts";)?\s*/;

export function startFromExercise(exercise: string, driver: string): string {
  return `${exercise.trimEnd()}\n\n// What runs it.\n\n${driver.replace(head, "").trimEnd()}\n`;
}

/** Lines of the program that come before the first one of the driver's file, were all of that file in it. */
export function linesBeforeDriver(exercise: string, driver: string): number {
  const gone = head.exec(driver)?.[0].split("\n").length ?? 1;
  return exercise.trimEnd().split("\n").length + 3 - (gone - 1);
}
