// The explorer on its own: finds the order of answers in which a deposit gets lost. Run it with Node 24:
//   node docs/examples/lostUpdate.ts
import { type Simulation, checkProgram, replayProgram } from "../../src/world/checkProgram.ts";

/** Reads the balance, adds to it, writes it back. The database answers within 20 ms, or so. */
async function deposit(amount: number, account: { balance: number }, t: Simulation): Promise<void> {
  const query = <T>(label: string, answer: () => T): Promise<T> => t.work({ label, latency: [1, 20], answer });
  const balance = await query(`read for ${String(amount)}`, () => account.balance);
  await query(`write for ${String(amount)}`, () => {
    account.balance = balance + amount;
  });
}

async function twoDeposits(t: Simulation): Promise<void> {
  const account = { balance: 0 };
  const first = deposit(10, account, t);
  await t.sleep(10);
  await Promise.all([first, deposit(5, account, t)]);
  t.equal(account.balance, 15, "wrong-result", { en: "A deposit was lost.", "zh-cn": "有一笔存款丢失了。" });
}

const options = { drain: () => new Promise<void>((done) => setImmediate(done)) };

const { schedules, failure } = await checkProgram(twoDeposits, options);
console.log(`${String(schedules.run)} orders were run.`);
if (failure !== undefined) {
  console.log(
    `${failure.finding.message.en} Expected ${failure.finding.expected ?? ""}, got ${failure.finding.actual ?? ""}.`,
  );
  console.log(`The smallest schedule that shows it: ${failure.schedule}`);
  for (const { at, type, label } of failure.trace)
    console.log(`${String(at).padStart(4)} ms  ${type.padEnd(8)} ${label}`);
  const again = await replayProgram(twoDeposits, failure.schedule, options);
  console.log(
    `Replayed, the trace is ${JSON.stringify(again.trace) === JSON.stringify(failure.trace) ? "the same" : "another"}.`,
  );
}
