// The one type of the web platform that the pure rooms may name: every host has it, and a call that can be cancelled
// takes it. Only the type: whoever makes a signal is a host, or the world with its own.
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
  throwIfAborted(): void;
}
