/** Does something once the page has been painted as it is now. Runs in a webview's page. */
export function afterPaint(action: () => void): void {
  requestAnimationFrame(() => {
    setTimeout(action);
  });
}
