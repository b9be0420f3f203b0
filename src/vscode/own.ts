/** Disposes of a part with the extension; gives it back. Extension host. */
export type Own = <T extends { dispose(): void }>(part: T) => T;
