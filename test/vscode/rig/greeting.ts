// The page that greets a new user comes when the window is up for a while, and takes the focus: tests that open no lesson by a
// setting wait for it before they begin.
import type { VsCode } from "./vsCode.ts";

export async function greeted({ page }: Pick<VsCode, "page">): Promise<void> {
  await page
    .getByText(/^(?:Open your first lesson|打开第一课)$/)
    .first()
    .waitFor();
}
