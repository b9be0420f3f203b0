/** Each layer of the confinement alone, with the others switched off, against a program that tries everything. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import dgram from "node:dgram";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { build } from "esbuild";
import { sandboxFlags } from "../../src/runner/node/sandboxFlags.ts";
import { waysOut } from "./layers/waysOut.ts";

const layers = ["processAlone", "networkAlone", "realmAlone"];
const major = Number.parseInt(process.versions.node, 10);
const kernel = path.join(import.meta.dirname, "../../dist/kernel.js");
const run = promisify(execFile);
let folder = "";

before(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "interleave-layers-"));
  await build({
    entryPoints: layers.map((name) => path.join(import.meta.dirname, `layers/${name}.ts`)),
    outdir: folder,
    bundle: true,
    platform: "node",
    format: "esm",
    outExtension: { ".js": ".mjs" },
    target: "node24",
    logLevel: "warning",
  });
});
after(() => {
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly tried: number;
  readonly worked: readonly string[];
}

async function start(layer: string, flags: readonly string[], args: readonly string[], env = {}): Promise<unknown> {
  const { stdout } = await run(process.execPath, [...flags, path.join(folder, `${layer}.mjs`), ...args], { env });
  return JSON.parse(stdout) as unknown;
}

test("the process alone: no file, folder, program, worker, native module, debugger, environment or code from text", async () => {
  const secret = path.join(tmpdir(), `interleave-secret-${String(process.pid)}`);
  const fresh = `${secret}-new`;
  writeFileSync(secret, "canary");
  const found = (await start("processAlone", sandboxFlags(folder, major), [secret, fresh])) as Outcome;
  assert.deepEqual(found.worked, []);
  assert.equal(readFileSync(secret, "utf8"), "canary");
  assert.equal(existsSync(fresh), false);

  // Without the flags nearly all of it works: the attempts are real.
  const open = (await start("processAlone", [], [secret, fresh], { SECRET: "canary" })) as Outcome;
  assert.ok(open.worked.length >= open.tried - 2, `only ${open.worked.join(", ")}`);
  rmSync(secret, { force: true });
  rmSync(fresh, { force: true });
});

test("the network alone: nothing is reached, nobody is asked, nobody is signalled", async () => {
  const reached: unknown[] = [];
  const count = (what: unknown): void => {
    reached.push(what);
  };
  const server = net.createServer((socket) => {
    count(socket.remotePort);
    socket.on("error", () => undefined).end("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  });
  const local = net.createServer((socket) => {
    count("pipe");
    socket.end();
  });
  const datagrams = dgram.createSocket("udp4").on("message", count);
  const pipe = path.join(folder, "pipe");
  await Promise.all([
    new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)),
    new Promise<void>((resolve) => local.listen(pipe, resolve)),
    new Promise<void>((resolve) => datagrams.bind(0, "127.0.0.1", resolve)),
  ]);
  const ports = [(server.address() as net.AddressInfo).port, datagrams.address().port].map(String);
  try {
    const found = (await start("networkAlone", [], ["closed", ...ports, pipe])) as Outcome;
    assert.deepEqual(found.worked, []);
    assert.deepEqual(reached, []);

    const open = (await start("networkAlone", [], ["open", ...ports, pipe])) as Outcome;
    for (const way of ["net.connect", "a Unix socket", "http.get", "fetch", "a datagram", "a server"]) {
      assert.ok(open.worked.includes(way), `${way} does not work even with the network on: ${open.worked.join(", ")}`);
    }
    assert.notDeepEqual(reached, []);
  } finally {
    server.close();
    local.close();
    datagrams.close();
  }
});

test("the realm alone: no way out, though the process around it may do anything", async () => {
  const names = Object.keys(waysOut);
  const programs = path.join(folder, "programs.json");
  writeFileSync(programs, JSON.stringify(Object.values(waysOut)));
  const environment = { SECRET: "canary" };
  const answers = (await start("realmAlone", [], ["realm", kernel, programs], environment)) as readonly string[];
  assert.equal(answers.length, names.length);
  answers.forEach((answer, index) => {
    assert.equal(answer, "passed", names[index]);
  });

  const naive = (await start("realmAlone", [], ["naive", kernel, programs], environment)) as readonly string[];
  const reached = naive.filter((answer) => answer !== "nothing" && !answer.startsWith("threw"));
  assert.ok(reached.length >= 5, `an ordinary context lets ${String(reached.length)} of them out`);
});
