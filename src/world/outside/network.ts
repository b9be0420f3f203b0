/**
 * The simulated network behind `fetch`: routes that a spec lays out, answers that take virtual time, bodies that
 * arrive after their heads and hold their connection until they are read or let go. Runs inside the realm.
 */
import { worldPlace } from "../accesses/places.ts";
import { deferred } from "../../base/deferred.ts";
import { type Latency, type Operation, isRunning } from "./operation.ts";
import { type AbortSignal, abortInternals } from "../platform/abort.ts";
import type { BodySource } from "../platform/bodyStream.ts";
import { type SourceMark, eventInternals } from "../platform/events.ts";
import { type Response, responseInternals } from "../platform/response.ts";
import { TextEncoder } from "../platform/textEncoding.ts";
import type { World } from "./world.ts";

/** How one URL answers. */
export interface Route {
  /** Virtual ms until the head of the answer. */
  readonly latency: Latency;
  /** Virtual ms from the head until the whole body has arrived. Default 0: it comes with the head. */
  readonly bodyLatency?: Latency;
  /** Default 200. */
  readonly status?: number;
  /** Default "". Null: an answer without a body. */
  readonly body?: string | null;
  /** The connection fails instead of answering: always, or as one of the choices of the schedule. */
  readonly fails?: "always" | "maybe";
  /** The answer never comes, as one of the choices: only an abort ends the wait. */
  readonly mayHang?: boolean;
  /** The answer comes so many virtual ms later than it could have, as one of the choices. */
  readonly maySlowBy?: number;
  /** The connection breaks while the body arrives. */
  readonly bodyFails?: "always" | "maybe";
}

/** How a URL answers: always so, or as each request is told by itself. */
export type Answering = Route | (() => Route);

/** What became of one call of fetch. */
export interface RequestRecord {
  readonly url: string;
  readonly signal: AbortSignal | undefined;
  readonly startedAt: number;
  readonly source: SourceMark | undefined;
  /** The answer's body: none yet, still arriving, arrived and held, or done with. */
  body: "none" | "arriving" | "held" | "read" | "let-go" | "broken";
  /** Whether somebody has asked for the body. */
  reading: boolean;
  status: number | undefined;
  /** Virtual ms at which the head of the answer came, the whole body had arrived, the connection failed. */
  answeredAt: number | undefined;
  arrivedAt: number | undefined;
  failedAt: number | undefined;
  /** Its place among the bodies that arrived whole, from 0. */
  arrival: number | undefined;
}

export interface FetchInit {
  readonly signal?: AbortSignal | null;
  readonly method?: string;
}

export class Network {
  readonly requests: RequestRecord[] = [];
  #routes: Map<string, Answering> | undefined;
  readonly #world: World;
  #arrivals = 0;

  constructor(world: World) {
    this.#world = world;
  }

  route(url: string, route: Answering): void {
    this.#world.watch?.hold(route);
    this.#world.watch?.write(worldPlace.routes);
    (this.#routes ??= new Map()).set(url, route);
  }

  fetch(url: string, init: FetchInit): Promise<Response> {
    const signal = init.signal ?? undefined;
    if (signal !== undefined && !eventInternals.isSignal(signal)) {
      return Promise.reject(new TypeError("The option signal must be an AbortSignal."));
    }
    this.#world.watch?.record(worldPlace.records);
    this.#world.watch?.read(worldPlace.routes);
    this.#world.watch?.clock();
    const record: RequestRecord = {
      url,
      signal,
      startedAt: this.#world.now,
      source: this.#world.source(),
      body: "none",
      reading: false,
      status: undefined,
      answeredAt: undefined,
      arrivedAt: undefined,
      failedAt: undefined,
      arrival: undefined,
    };
    this.requests.push(record);
    const { promise, resolve, reject } = deferred<Response>();
    if (signal !== undefined && abortInternals.aborted(signal)) {
      reject(abortInternals.reason(signal));
      return promise;
    }
    const answering = this.#routes?.get(url);
    const route = typeof answering === "function" ? answering() : answering;
    const broken = (): void => {
      record.failedAt = this.#world.now;
      reject(new TypeError("fetch failed"));
    };
    this.#world.start({
      kind: "fetch",
      label: `fetch ${url}`,
      latency: route?.latency ?? 0,
      owner: "exercise",
      signal,
      mayFail: route?.fails === "maybe",
      mayHang: route?.mayHang === true,
      maySlowBy: route?.maySlowBy,
      source: record.source,
      complete: () => {
        if (route === undefined || route.fails === "always") {
          broken();
          return "failed";
        }
        resolve(this.#answer(record, route));
        return "completed";
      },
      fail: broken,
      aborted: reject,
    });
    return promise;
  }

  #answer(record: RequestRecord, route: Route): Response {
    const status = route.status ?? 200;
    record.status = status;
    record.answeredAt = this.#world.now;
    const body = route.body === undefined ? "" : route.body;
    const source =
      body === null ? undefined : new ArrivingBody(this.#world, record, route, body, () => this.#arrivals++);
    return responseInternals.create(source, { status, headers: { "content-type": "text/plain" } }, record.url);
  }
}

/** A body on its way: an operation of its own until it has arrived whole. */
class ArrivingBody implements BodySource {
  readonly #record: RequestRecord;
  readonly #world: World;
  readonly #text: string;
  readonly #arrival = deferred<Uint8Array>();
  #operation: Operation | undefined;
  #failure: { readonly reason: unknown } | undefined;

  /** @param place gives the body its place among those that have arrived. */
  constructor(world: World, record: RequestRecord, route: Route, text: string, place: () => number) {
    this.#world = world;
    this.#record = record;
    this.#text = text;
    world.watch?.fresh(this);
    this.#arrival.promise.catch(() => undefined);
    if ((route.bodyLatency ?? 0) === 0 && route.bodyFails === undefined) {
      this.#arrive(place());
      return;
    }
    record.body = "arriving";
    const broken = (): void => {
      record.failedAt = world.now;
      this.#fail("broken", new TypeError("terminated"));
    };
    this.#operation = world.start({
      kind: "body",
      label: `body of ${record.url}`,
      latency: route.bodyLatency ?? 0,
      owner: "exercise",
      signal: record.signal,
      mayFail: route.bodyFails === "maybe",
      source: record.source,
      complete: () => {
        if (route.bodyFails === "always") {
          broken();
          return "failed";
        }
        this.#arrive(place());
        return "completed";
      },
      fail: broken,
      aborted: (reason) => {
        this.#fail("let-go", reason);
      },
    });
  }

  /** Its state, and what is taken down of it. */
  #touch(): void {
    this.#world.watch?.writeWhole(this);
    this.#world.watch?.record(worldPlace.records);
  }

  #arrive(place: number): void {
    const record = this.#record;
    this.#touch();
    record.arrivedAt = this.#world.now;
    record.arrival = place;
    record.body = record.reading ? "read" : "held";
    this.#arrival.resolve(new TextEncoder().encode(this.#text));
    if (record.signal === undefined) return;
    // Until it is read, an abort still takes it.
    const { signal } = record;
    abortInternals.addStep(signal, () => {
      this.#touch();
      if (record.body === "held") this.#fail("let-go", abortInternals.reason(signal));
    });
  }

  #fail(body: "broken" | "let-go", reason: unknown): void {
    this.#touch();
    this.#record.body = body;
    this.#failure = { reason };
    this.#arrival.reject(reason);
  }

  async bytes(): Promise<Uint8Array> {
    this.#touch();
    this.#record.reading = true;
    if (this.#failure !== undefined) throw this.#failure.reason;
    if (this.#record.body === "held") this.#record.body = "read";
    return this.#arrival.promise;
  }

  cancel(): void {
    this.#touch();
    this.#record.body = "let-go";
    const operation = this.#operation;
    if (operation !== undefined && isRunning(operation)) this.#world.drop(operation);
  }

  failure(): { readonly reason: unknown } | undefined {
    this.#touch();
    return this.#failure;
  }
}
