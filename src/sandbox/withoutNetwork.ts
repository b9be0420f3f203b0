/**
 * Takes the network away from this process, for good: Node's permission model covers it only from version 26 on. The
 * native methods that reach out hang on a few prototypes; once they are deleted, no code of any realm can name them.
 * Runs in the sandbox process, before anything that is not ours.
 */
import dgram from "node:dgram";
import dns from "node:dns";
import net from "node:net";
import process from "node:process";

/** Methods of native handles that connect, listen, send, or ask a name server. */
const reachesOut =
  /^(?:connect6?|bind6?|listen|open|send6?|add(?:SourceSpecific)?Membership|query[A-Z]\w*|getHostByAddr)$/;

/** Of Node's own functions, those that signal other processes: the permission model lets them. */
const signalling = ["kill", "_kill", "_debugProcess", "_debugEnd"];

/** A kind of native handle that can reach another program. */
export interface NetworkKind {
  readonly name: string;
  /** Where its methods are; undefined where this version of Node does not show it. */
  readonly prototype: object | undefined;
}

/** Finds the kinds; to be called first, since it uses them. */
export function networkKinds(): readonly NetworkKind[] {
  return [
    { name: "TCP", prototype: prototypeOf(tcpHandle()) },
    { name: "UDP", prototype: prototypeOf(udpHandle()) },
    // The process's own input is one.
    { name: "pipes", prototype: prototypeOf(propertyOf(process.stdin, "_handle")) },
    { name: "name servers", prototype: prototypeOf(propertyOf(new dns.Resolver(), "_handle")) },
  ];
}

export function removeNetwork(kinds: readonly NetworkKind[]): void {
  for (const { prototype } of kinds) {
    for (const name of reachingOut(prototype)) Reflect.deleteProperty(prototype ?? {}, name);
  }
  for (const api of [dns, dns.promises]) refuseAll(api);
  for (const name of signalling) Reflect.set(process, name, refuse);
}

/** The kinds by which this process can still reach another program, or of which that is not known. */
export function reachableNetwork(kinds: readonly NetworkKind[]): readonly string[] {
  if (isForbidden()) return [];
  return kinds
    .filter(({ prototype }) => prototype === undefined || reachingOut(prototype).length > 0)
    .map(({ name }) => name);
}

/** Node's own permission model covers the network, where it knows of it. */
function isForbidden(): boolean {
  const has = propertyOf(propertyOf(process, "permission"), "has");
  const allows = propertyOf(process, "allowedNodeEnvironmentFlags");
  if (typeof has !== "function" || !(allows instanceof Set) || !allows.has("--allow-net")) return false;
  return Reflect.apply(has, propertyOf(process, "permission"), ["net"]) === false;
}

function reachingOut(prototype: object | undefined): readonly string[] {
  return prototype === undefined ? [] : Object.getOwnPropertyNames(prototype).filter((name) => reachesOut.test(name));
}

function prototypeOf(handle: unknown): object | undefined {
  return typeof handle === "object" && handle !== null ? (Object.getPrototypeOf(handle) as object) : undefined;
}

function udpHandle(): unknown {
  const socket = dgram.createSocket("udp4");
  const state = Object.getOwnPropertySymbols(socket).map((key): unknown => Reflect.get(socket, key));
  const handle = state.map((value) => propertyOf(value, "handle")).find((value) => value !== undefined);
  socket.close();
  return handle;
}

/** Undocumented, and there in every version of Node from 20 on; its absence counts as "not known". */
function tcpHandle(): unknown {
  const create: unknown = Reflect.get(net, "_createServerHandle");
  if (typeof create !== "function") return undefined;
  try {
    const handle: unknown = Reflect.apply(create, net, ["127.0.0.1", 0, 4]);
    const close = propertyOf(handle, "close");
    if (typeof close === "function") Reflect.apply(close, handle, []);
    return handle;
  } catch {
    return undefined;
  }
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}

function refuse(): never {
  throw new Error("The sandbox reaches nobody.");
}

/** Replaces each function of a module; Node's other modules look them up there when they are needed. */
function refuseAll(api: object): void {
  for (const name of Object.getOwnPropertyNames(api)) {
    if (typeof Reflect.get(api, name) === "function") Reflect.set(api, name, refuse);
  }
}
