// Measures how long one turn holds the extension host's thread up, whichever extension it belongs to. It counts the
// processor time of that thread alone, so that a machine that is busy otherwise does not matter. Extension host.
const { mkdirSync, writeFileSync } = require("node:fs");
const path = require("node:path");
const process = require("node:process");
const { clearInterval, setInterval } = require("node:timers");
const vscode = require("vscode");

/** Ms between two looks: a turn counts with at most so much of its neighbours. */
const everyMs = 5;

exports.activate = (context) => {
  let timer;
  let turns = [];
  const start = () => {
    turns = [];
    let last = process.threadCpuUsage();
    clearInterval(timer);
    timer = setInterval(() => {
      const now = process.threadCpuUsage();
      turns.push((now.user - last.user + now.system - last.system) / 1000);
      last = now;
    }, everyMs);
  };
  const stop = () => {
    clearInterval(timer);
    const folder = context.globalStorageUri.fsPath;
    mkdirSync(folder, { recursive: true });
    const longest = turns.sort((one, other) => other - one).slice(0, 20);
    writeFileSync(path.join(folder, "turns.json"), JSON.stringify({ turns: turns.length, longest }));
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("hostProbe.start", start),
    vscode.commands.registerCommand("hostProbe.stop", stop),
    { dispose: () => clearInterval(timer) },
  );
};
