// A program that has got out of the realm, in a process that has everything but the network: it tries to reach the
// listeners of the test in every way that Node has. Started by layers.test.ts; "open" leaves the network on.
import dgram from "node:dgram";
import dns from "node:dns";
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import process from "node:process";
import tls from "node:tls";
import { networkKinds, removeNetwork } from "../../../src/sandbox/withoutNetwork.ts";

const [, , mode = "", tcp = "", udp = "", pipe = ""] = process.argv;
if (mode !== "open") removeNetwork(networkKinds());

const [tcpPort, udpPort] = [Number(tcp), Number(udp)];
const worked: string[] = [];
let tried = 0;

/** Some of Node's own code is refused in a turn of its own, and some never says so: then nothing is left to do. */
let refused: (error: unknown) => void = () => undefined;
for (const event of ["uncaughtException", "beforeExit"]) {
  process.on(event, (error: unknown) => {
    refused(error);
  });
}

/** Each way ends by itself: reached, refused, or an error. */
async function attempt(what: string, way: () => Promise<unknown>): Promise<void> {
  tried++;
  const elsewhere = new Promise((_, reject) => {
    refused = reject;
  });
  try {
    await Promise.race([way(), elsewhere]);
    worked.push(what);
  } catch {
    // Refused, as it should be.
  }
}

function connected(open: () => net.Socket): Promise<unknown> {
  const socket = open();
  return new Promise((resolve, reject) => {
    socket.once("connect", () => {
      socket.end();
      resolve(undefined);
    });
    socket.once("error", reject);
  });
}

const address = `127.0.0.1:${tcp}`;
await attempt("net.connect", () => connected(() => net.connect(tcpPort, "127.0.0.1")));
await attempt("net.connect by name", () => connected(() => net.connect(tcpPort, "localhost")));
await attempt("a Unix socket", () => connected(() => net.connect(pipe)));
await attempt("tls.connect", () => connected(() => tls.connect(tcpPort, "127.0.0.1")));
await attempt(
  "http.get",
  () =>
    new Promise((resolve, reject) => {
      http.get(`http://${address}/`, resolve).once("error", reject);
    }),
);
await attempt("fetch", () => fetch(`http://${address}/`));
await attempt(
  "http2.connect",
  () =>
    new Promise((resolve, reject) => {
      http2.connect(`http://${address}/`).once("connect", resolve).once("error", reject);
    }),
);
await attempt(
  "a datagram",
  () =>
    new Promise((resolve, reject) => {
      dgram
        .createSocket("udp4")
        .once("error", reject)
        .send("x", udpPort, "127.0.0.1", (error) => {
          if (error === null) resolve(undefined);
          else reject(error);
        });
    }),
);
await attempt(
  "a server",
  () =>
    new Promise((resolve, reject) => {
      net
        .createServer()
        .once("error", reject)
        .listen(0, "127.0.0.1", () => {
          resolve(undefined);
        });
    }),
);
await attempt("dns.lookup", () => dns.promises.lookup("localhost"));
await attempt("dns.resolve", () => new dns.promises.Resolver().resolve4("localhost"));
await attempt("a signal to the parent", () => Promise.resolve(process.kill(process.ppid, 0)));

process.stdout.write(JSON.stringify({ tried, worked }), () => {
  process.exit(0);
});
