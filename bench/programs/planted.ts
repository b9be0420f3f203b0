/** Learner code with a bug that shows under one order of arrival only: the last result is lost. */
export async function run(
  names: readonly string[],
  work: (name: string) => Promise<string>,
  planted: string,
): Promise<string[]> {
  const seen: string[] = [];
  await Promise.all(
    names.map(async (name) => {
      seen.push(await work(name));
    }),
  );
  return seen.join() === planted ? seen.slice(0, -1) : seen;
}
