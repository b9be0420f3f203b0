// One mistake, in a process of its own: see main.ts.
import process from "node:process";
import { runMistake } from "./main.ts";

const [lesson = "", mistake = ""] = process.argv.slice(2);
runMistake(lesson, mistake);
// What the mistake left behind would keep the process.
process.disconnect();
