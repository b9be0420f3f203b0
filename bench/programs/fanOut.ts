/** Learner code that every comparison of schedules runs: starts all the work at once, gathers in order of arrival. */
export async function run(names: readonly string[], work: (name: string) => Promise<string>): Promise<string[]> {
  const seen: string[] = [];
  await Promise.all(
    names.map(async (name) => {
      seen.push(await work(name));
    }),
  );
  return seen;
}
