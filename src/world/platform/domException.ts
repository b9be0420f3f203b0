/** DOMException as WebIDL defines it. Runs inside the realm. */
import { asInterface, domString } from "./webIdl.ts";

/** The names that have a legacy code, with the constant that each is also known by; WebIDL, "error names". */
const legacy: readonly (readonly [code: number, name: string, constant: string])[] = [
  [1, "IndexSizeError", "INDEX_SIZE_ERR"],
  [2, "", "DOMSTRING_SIZE_ERR"],
  [3, "HierarchyRequestError", "HIERARCHY_REQUEST_ERR"],
  [4, "WrongDocumentError", "WRONG_DOCUMENT_ERR"],
  [5, "InvalidCharacterError", "INVALID_CHARACTER_ERR"],
  [6, "", "NO_DATA_ALLOWED_ERR"],
  [7, "NoModificationAllowedError", "NO_MODIFICATION_ALLOWED_ERR"],
  [8, "NotFoundError", "NOT_FOUND_ERR"],
  [9, "NotSupportedError", "NOT_SUPPORTED_ERR"],
  [10, "InUseAttributeError", "INUSE_ATTRIBUTE_ERR"],
  [11, "InvalidStateError", "INVALID_STATE_ERR"],
  [12, "SyntaxError", "SYNTAX_ERR"],
  [13, "InvalidModificationError", "INVALID_MODIFICATION_ERR"],
  [14, "NamespaceError", "NAMESPACE_ERR"],
  [15, "InvalidAccessError", "INVALID_ACCESS_ERR"],
  [16, "", "VALIDATION_ERR"],
  [17, "TypeMismatchError", "TYPE_MISMATCH_ERR"],
  [18, "SecurityError", "SECURITY_ERR"],
  [19, "NetworkError", "NETWORK_ERR"],
  [20, "AbortError", "ABORT_ERR"],
  [21, "URLMismatchError", "URL_MISMATCH_ERR"],
  [22, "QuotaExceededError", "QUOTA_EXCEEDED_ERR"],
  [23, "TimeoutError", "TIMEOUT_ERR"],
  [24, "InvalidNodeTypeError", "INVALID_NODE_TYPE_ERR"],
  [25, "DataCloneError", "DATA_CLONE_ERR"],
];

/** An identity, so that a class below can add private fields to an object that somebody else has made. */
const Made = function (made: object): object {
  return made;
} as unknown as new (made: object) => object;

/** What makes an error a DOMException. */
class State extends Made {
  readonly #message: string;
  readonly #name: string;

  constructor(error: Error, message: string, name: string) {
    super(error);
    this.#message = message;
    this.#name = name;
  }

  /** @throws TypeError for an object that is no DOMException. */
  static message(of: object): string {
    return (of as State).#message;
  }

  /** @throws TypeError for an object that is no DOMException. */
  static nameOf(of: object): string {
    return (of as State).#name;
  }
}

interface Options {
  readonly name?: string;
  readonly cause?: unknown;
}

export interface DOMException extends Error {
  readonly name: string;
  readonly message: string;
  readonly code: number;
}

interface DOMExceptionConstructor {
  readonly prototype: DOMException;
  new (message?: string, nameOrOptions?: string | Options): DOMException;
}

/** Its prototype inherits from Error's; the class itself does not from Error. */
class Exception {
  constructor(message = "", nameOrOptions: string | Options = "Error") {
    // A real error: it has a stack, and Error.isError knows it.
    const error = Reflect.construct(Error, [], new.target);
    const text = domString(message);
    const options = typeof nameOrOptions === "object" && nameOrOptions !== null ? nameOrOptions : undefined;
    new State(error, text, domString(options === undefined ? nameOrOptions : (options.name ?? "Error")));
    if (options !== undefined && "cause" in options) {
      Object.defineProperty(error, "cause", { value: options.cause, writable: true, configurable: true });
    }
    return error as unknown as Exception;
  }

  get name(): string {
    return State.nameOf(this);
  }

  get message(): string {
    return State.message(this);
  }

  get code(): number {
    const own = State.nameOf(this);
    return (own === "" ? undefined : legacy.find(([, name]) => name === own))?.[0] ?? 0;
  }

  static {
    Object.setPrototypeOf(Exception.prototype, Error.prototype);
    asInterface(Exception, "DOMException");
    for (const [code, , constant] of legacy) {
      const property = { value: code, enumerable: true, writable: false, configurable: false };
      Object.defineProperty(Exception, constant, property);
      Object.defineProperty(Exception.prototype, constant, property);
    }
  }
}

export const DOMException = Exception as unknown as DOMExceptionConstructor;
