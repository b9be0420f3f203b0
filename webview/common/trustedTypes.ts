/**
 * The browser's own rule that no plain string becomes markup (the page's policy in src/core/page/panelPage.ts asks for it).
 * Runs in a webview's page; a browser that does not know trusted types goes without.
 */
export interface MarkupRules {
  readonly createHTML: (markup: string) => string;
  /** A policy without it makes no script addresses. */
  readonly createScriptURL?: (address: string) => string;
}

/** A policy by that name: once a page, and only if the page's policy lists it. */
export function createMarkupPolicy(name: string, rules: MarkupRules): object | undefined {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  return trustedTypes?.createPolicy(name, rules);
}

interface PolicyFactory {
  createPolicy(name: string, rules: MarkupRules): object;
}
