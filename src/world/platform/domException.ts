/** DOMException as WebIDL defines it. Runs inside the realm. */

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

export class DOMException extends Error {
  readonly #name: string;

  static {
    for (const [code, , constant] of legacy) {
      const property = { value: code, enumerable: true, writable: false, configurable: false };
      Object.defineProperty(DOMException, constant, property);
      Object.defineProperty(DOMException.prototype, constant, property);
    }
  }

  constructor(message = "", nameOrOptions: string | { readonly name?: string; readonly cause?: unknown } = "Error") {
    super(String(message));
    const isOptions = typeof nameOrOptions === "object" && nameOrOptions !== null;
    const options = isOptions ? nameOrOptions : { name: nameOrOptions };
    this.#name = String(options.name ?? "Error");
    if ("cause" in options) {
      Object.defineProperty(this, "cause", { value: options.cause, writable: true, configurable: true });
    }
  }

  override get name(): string {
    return this.#name;
  }

  get code(): number {
    return (this.#name === "" ? undefined : legacy.find(([, name]) => name === this.#name))?.[0] ?? 0;
  }

  get [Symbol.toStringTag](): string {
    return "DOMException";
  }
}
