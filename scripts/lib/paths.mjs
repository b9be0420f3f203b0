// Where things are in the checkout. Runs on Node 20 with nothing installed.
import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The folder that holds package.json. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** Made by the build; what the VSIX ships. */
export const dist = join(root, "dist");

/** Fetched or computed on this machine; never committed, safe to delete. */
export const cache = join(root, ".cache");

/** Screenshots and logs of the last test run. */
export const testResults = join(root, "test-results");
