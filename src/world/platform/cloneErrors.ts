/** How structuredClone copies errors: name, message, stack and cause, and nothing else. Runs inside the realm. */
import { DOMException } from "./domException.ts";

/** The names that survive; an error of any other name becomes an Error. */
const constructors: Readonly<Record<string, new (message?: string) => Error>> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

export function isError(value: object): value is Error {
  const native: unknown = Reflect.get(Error, "isError");
  if (typeof native === "function") return Boolean(Reflect.apply(native, Error, [value]));
  return value instanceof Error;
}

/** The cause is handed back as it is: cloning it is up to the caller, who knows what was cloned already. */
export function cloneError(error: Error): { clone: Error; cause: { readonly value: unknown } | undefined } {
  const stack: unknown = error.stack;
  const clone = error instanceof DOMException ? new DOMException(error.message, error.name) : namedClone(error);
  define(clone, "stack", typeof stack === "string" ? stack : undefined);
  const cause = Object.hasOwn(error, "cause") ? { value: error.cause } : undefined;
  return { clone, cause };
}

function namedClone(error: Error): Error {
  const constructor = Object.hasOwn(constructors, String(error.name)) ? constructors[error.name] : undefined;
  const descriptor = Object.getOwnPropertyDescriptor(error, "message");
  const clone = new (constructor ?? Error)();
  if (descriptor !== undefined && "value" in descriptor) define(clone, "message", String(descriptor.value));
  return clone;
}

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, writable: true, configurable: true });
}
