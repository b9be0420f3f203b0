/** What the system tells of another process. Linux alone does without a program of its own. Runs in the extension host or the command line. */
import fs from "node:fs";

/** Linux reports in clock ticks of 1/100 s on every platform that Node runs on (sysconf _SC_CLK_TCK). */
const msPerTick = 10;

/** Ms of user and system time; undefined where the system does not tell. */
export function cpuMsOf(pid: number): number | undefined {
  const stat = read(pid, "stat");
  if (stat === undefined) return undefined;
  // The second field is the program's name in parentheses and may hold spaces; fields 14 and 15 are the times.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * msPerTick;
}

/** Bytes of memory that are its own, whatever they hold; undefined where the system does not tell. */
export function memoryOf(pid: number): number | undefined {
  const status = read(pid, "status");
  const [, kilobytes] = /^RssAnon:\s+(\d+) kB$/m.exec(status ?? "") ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function read(pid: number, file: string): string | undefined {
  try {
    return fs.readFileSync(`/proc/${String(pid)}/${file}`, "latin1");
  } catch {
    return undefined;
  }
}
