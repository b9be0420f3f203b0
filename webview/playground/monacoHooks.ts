/**
 * What Monaco asks its page for, from the moment on in which its code is loaded. A webview may not start a worker from the
 * address of a file, since that is of another origin; so the text is fetched and started as a blob of the page's own. Runs
 * in the playground's page.
 */
export interface WorkerAddresses {
  readonly editor: string;
  readonly typescript: string;
}

interface MonacoHooks {
  getWorker(moduleId: string, label: string): Worker;
  createTrustedTypesPolicy(name: string, rules: PolicyRules): PolicyRules | undefined;
}

interface PolicyRules {
  readonly createHTML?: (markup: string) => unknown;
  readonly createScript?: (script: string) => unknown;
  readonly createScriptURL?: (address: string) => unknown;
}

interface PolicyFactory {
  createPolicy(name: string, rules: PolicyRules): PolicyRules;
}

/** Once a page, before Monaco is loaded. */
export async function provideMonacoHooks(addresses: WorkerAddresses): Promise<void> {
  const [editor, typescript] = await Promise.all([blobOf(addresses.editor), blobOf(addresses.typescript)]);
  const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
  // Monaco would make a policy for each of its parts; all that they trust is what Monaco itself has written.
  const policy = trustedTypes?.createPolicy("monaco", {
    createHTML: (markup) => markup,
    createScriptURL: (address) => (address === editor || address === typescript ? address : "about:blank"),
  });
  const hooks: MonacoHooks = {
    getWorker: (_, label) => {
      const address = label === "typescript" ? typescript : editor;
      return new Worker((policy?.createScriptURL?.(address) ?? address) as string, { name: label });
    },
    createTrustedTypesPolicy: (_, rules) =>
      policy && {
        createHTML: (markup) => {
          const written = rules.createHTML?.(markup);
          return policy.createHTML?.(typeof written === "string" ? written : markup);
        },
      },
  };
  Object.assign(globalThis, { MonacoEnvironment: hooks });
}

async function blobOf(address: string): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${String(response.status)}`);
  return URL.createObjectURL(new Blob([await response.text()], { type: "text/javascript" }));
}
