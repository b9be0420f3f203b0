/** Fills `{0}`, `{1}` … in a text from the host. Runs in a webview's page. */
export function format(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
