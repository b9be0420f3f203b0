/**
 * Draws how the outside answers in one run of a scenario. Each request's luck depends on the seed, the run, the endpoint
 * and which request to it this is, and on nothing else: a slider that moves changes what it stands for, and the runs
 * stay the same in all the rest. Pure; the same on every machine, since nothing but exact arithmetic is used.
 */
import type { LatencyRange, LatencyShape } from "../../protocol/simulation.ts";
import { Random } from "../../base/random.ts";

export interface Luck {
  /** In [0, 1): how far up its range the latency lies. */
  readonly slowness: number;
  /** In [0, 100): it fails where the failure rate is above this. */
  readonly fate: number;
}

export interface RequestPlace {
  readonly seed: number;
  readonly run: number;
  readonly endpoint: number;
  /** From 0: which request to this endpoint it is. */
  readonly attempt: number;
}

export function drawLuck({ seed, run, endpoint, attempt }: RequestPlace, shape: LatencyShape): Luck {
  const random = new Random(mix(mix(mix(mix(0, seed), run), endpoint), attempt));
  return { fate: random.next() * 100, slowness: slownessOf(shape, random) };
}

/** Virtual ms, whole; each number of the range has its share, also the two at its ends. */
export function latencyFor(range: LatencyRange, slowness: number): number {
  const { minMs } = range;
  const maxMs = Math.max(minMs, range.maxMs);
  return Math.min(maxMs, minMs + Math.floor(slowness * (maxMs - minMs + 1)));
}

/** How much of the long tail's curve is kept: the whole of it would have no end. */
const tailShare = 0.95;

function slownessOf(shape: LatencyShape, random: Random): number {
  switch (shape) {
    case "uniform":
      return random.next();
    case "bell":
      return (random.next() + random.next() + random.next()) / 3;
    case "longTail":
      // Lomax' distribution with its end cut off: half of all answers come within the first twentieth of the range.
      return (1 / (1 - random.next() * tailShare) - 1) / (1 / (1 - tailShare) - 1);
  }
}

/** Two numbers made one, so that neighbours have nothing in common. */
function mix(state: number, value: number): number {
  let mixed = Math.imul(state ^ (value + 0x9e3779b9), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
