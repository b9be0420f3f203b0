/** How structuredClone copies and transfers array buffers and their views. Runs inside the realm. */
import { DOMException } from "./domException.ts";

/** Gives the clone of a buffer, the same one each time. */
export type BufferShare = (buffer: ArrayBuffer) => ArrayBuffer;

interface Transfer {
  readonly known: Map<object, unknown>;
  readonly finish: () => void;
}

type ViewConstructor = new (buffer: ArrayBuffer, byteOffset?: number, length?: number) => ArrayBufferView;

/**
 * Checks a transfer list. The clones of its buffers are known from the start; `finish` detaches the originals, and is
 * to be called only when everything else was cloned, so that a failure leaves them as they were.
 */
export function transferBuffers(list: Iterable<unknown> | undefined): Transfer {
  const known = new Map<object, unknown>();
  const pairs: (readonly [from: ArrayBuffer, to: ArrayBuffer])[] = [];
  for (const item of list ?? []) {
    if (!(item instanceof ArrayBuffer)) refuse("Only an ArrayBuffer can be transferred here.");
    if (known.has(item)) refuse("An ArrayBuffer is in the transfer list twice.");
    const copy = bufferCopy(item);
    known.set(item, copy);
    pairs.push([item, copy]);
  }
  const finish = (): void => {
    for (const [from, to] of pairs) {
      const bytes = new Uint8Array(from);
      new Uint8Array(to).set(bytes.subarray(0, to.byteLength));
      if (typeof from.transfer === "function") from.transfer();
    }
  };
  return { known, finish };
}

export function bufferCopy(buffer: ArrayBuffer): ArrayBuffer {
  if (buffer.detached) refuse("A detached ArrayBuffer could not be cloned.");
  if (!buffer.resizable) return buffer.slice(0);
  const copy = new ArrayBuffer(buffer.byteLength, { maxByteLength: buffer.maxByteLength });
  new Uint8Array(copy).set(new Uint8Array(buffer));
  return copy;
}

export function cloneView(view: ArrayBufferView, share: BufferShare): ArrayBufferView {
  const { buffer } = view;
  if (!(buffer instanceof ArrayBuffer)) refuse("A view of a SharedArrayBuffer could not be cloned.");
  const [offset, length] = measure(view);
  const copy = share(buffer);
  if (view instanceof DataView) return new DataView(copy, offset, length);
  return new (constructorOf(view))(copy, offset, length);
}

/** Where the view begins, in bytes, and how many elements it has; undefined if it follows the size of its buffer. */
function measure(view: ArrayBufferView): readonly [offset: number, length: number | undefined] {
  const { buffer } = view;
  try {
    // When a buffer has shrunk under its view, the getters of a DataView throw; those of a typed array say 0.
    if (!(view instanceof DataView)) (view as Uint8Array).keys();
    const { byteOffset, byteLength } = view;
    const size = view instanceof DataView ? 1 : sizeOf(view);
    const length = byteLength / size;
    return [byteOffset, followsSize(view, buffer as ArrayBuffer) ? undefined : length];
  } catch {
    refuse("A view that lies outside its ArrayBuffer could not be cloned.");
  }
}

function sizeOf(view: ArrayBufferView): number {
  return Number(Reflect.get(constructorOf(view), "BYTES_PER_ELEMENT"));
}

/** Whether a view of a resizable buffer was made without a length: found out by growing and shrinking the buffer. */
function followsSize(view: ArrayBufferView, buffer: ArrayBuffer): boolean {
  if (!buffer.resizable) return false;
  const before = buffer.byteLength;
  const length = view.byteLength;
  const size = view instanceof DataView ? 1 : sizeOf(view);
  if (before + size <= buffer.maxByteLength) {
    buffer.resize(before + size);
    const follows = view.byteLength !== length;
    buffer.resize(before);
    return follows;
  }
  // The buffer is as large as it can be; then a view that reaches its end is taken to follow it.
  return view.byteOffset + length + size > before;
}

function constructorOf(view: ArrayBufferView): ViewConstructor {
  const typedArray = Object.getPrototypeOf(Uint8Array) as { readonly prototype: object };
  const name: unknown = Reflect.get(typedArray.prototype, Symbol.toStringTag, view);
  return Reflect.get(globalThis, String(name)) as ViewConstructor;
}

function refuse(message: string): never {
  throw new DOMException(message, "DataCloneError");
}
