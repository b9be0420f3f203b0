/** Ways to the real clock that do not go through Date: they answer by the world's. Runs inside the realm. */
/* eslint-disable @typescript-eslint/unbound-method -- taken on purpose: none is called without its `this` */

/** @param now ms since 1970, by the world's clock */
export function virtualFormats(now: () => number): void {
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, "format");
  const original: unknown = format?.get;
  if (typeof original === "function") {
    const accessor = {
      get format(): (date?: Date | number) => string {
        const bound = Reflect.apply(original, this, []) as (date: Date | number) => string;
        return (date) => bound(date ?? now());
      },
    };
    Object.defineProperty(prototype, "format", { ...Object.getOwnPropertyDescriptor(accessor, "format") });
  }
  const { formatToParts } = prototype;
  const parts = {
    formatToParts(this: Intl.DateTimeFormat, date?: Date | number) {
      return Reflect.apply(formatToParts, this, [date ?? now()]);
    },
  };
  Object.defineProperty(prototype, "formatToParts", { value: parts.formatToParts, writable: true, configurable: true });
}
