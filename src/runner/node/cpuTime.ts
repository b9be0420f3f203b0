/** How much processor time another process has used. Runs in the extension host or the command line. */
import fs from "node:fs";

/** Linux reports in clock ticks of 1/100 s on every platform that Node runs on (sysconf _SC_CLK_TCK). */
const msPerTick = 10;

/** Ms of user and system time; undefined where the system does not tell (all but Linux). */
export function cpuMsOf(pid: number): number | undefined {
  try {
    const stat = fs.readFileSync(`/proc/${String(pid)}/stat`, "latin1");
    // The second field is the program's name in parentheses and may hold spaces; fields 14 and 15 are the times.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * msPerTick;
  } catch {
    return undefined;
  }
}
