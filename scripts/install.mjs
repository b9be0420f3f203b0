// Installs the packages if they are missing, for what cannot begin without them. Runs on Node 20 with nothing installed.
import { ensureInstalled } from "./lib/install.mjs";

await ensureInstalled();
