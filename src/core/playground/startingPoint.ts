/** A program that begins from a lesson: the exercise as it stands, and below it the lesson's own `main`. Pure. */

export function startFromExercise(exercise: string, driver: string): string {
  return `${exercise.trimEnd()}\n\n// What runs it.\n\n${driver.trim()}\n`;
}

/** Lines of the program that come before those of the driver. */
export function linesBeforeDriver(exercise: string): number {
  return exercise.trimEnd().split("\n").length + 3;
}
