import type { VsCode } from "./vsCode.ts";

/** As a user does it: VS Code first writes down what is open, and what extensions have given it to keep. */
export async function reloadWindow(code: VsCode): Promise<void> {
  const { page } = code;
  const reloaded = page.waitForEvent("load");
  await code.runAskingCommand("Developer: Reload Window");
  await reloaded;
  await page.locator(".monaco-workbench").waitFor();
}
