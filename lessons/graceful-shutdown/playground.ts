/**
 * One request to each endpoint is in flight when the order to shut down comes. They have `deadlineMs` to finish;
 * the result is what those say that did.
 */
export async function main({ urls, signal, deadlineMs }: Scenario): Promise<string[]> {
  const server = new Server<string, string>(async (url, stop) => {
    const response = await fetch(url, { signal: AbortSignal.any([signal, stop]) });
    return response.text();
  });
  const told = Promise.allSettled(urls.map((url) => server.handle(url)));
  await server.shutdown({ graceMs: deadlineMs });
  signal.throwIfAborted();
  const answers = await told;
  const failures = answers.flatMap((answer) => (answer.status === "rejected" ? [answer.reason] : []));
  if (failures.length > 0 && failures.length === urls.length) throw failures[0];
  return answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []));
}
