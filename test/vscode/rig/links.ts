// How a link from outside gets into VS Code: by the address bar of "Developer: Open URL", which goes the same way as a link that
// the system hands over. VS Code asks first whether the extension may open it.
import type { Locator } from "playwright-core";
import type { VsCode } from "./vsCode.ts";

/** Follows the link, and says yes to VS Code's own question. */
export async function followLink(code: VsCode, link: string): Promise<void> {
  const { page } = code;
  await code.runAskingCommand("Developer: Open URL");
  const box = page.locator(".quick-input-widget");
  await box.getByText("URL to open").first().waitFor();
  await box.locator("input[type=text]").fill(link);
  await page.keyboard.press("Enter");
  const question = dialog(code, /to open this UR[IL]/);
  await question.getByRole("button", { name: "Open", exact: true }).click();
  await question.waitFor({ state: "hidden" });
}

/** A question of VS Code that everything else waits for. */
export function dialog({ page }: VsCode, text: RegExp | string): Locator {
  return page.locator(".monaco-dialog-box", { hasText: text });
}
