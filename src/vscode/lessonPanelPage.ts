/** The HTML that a panel's page starts with: no content of its own, and a policy that lets only our own script run. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";

/** Folders that the panel's page may load from. */
export function panelResourceRoots(extensionUri: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extensionUri, "dist", "webview")];
}

/** `name` is that of the page's script and style sheet. */
export function panelPage(
  name: "lesson" | "quiz",
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  title: string,
): string {
  const nonce = randomBytes(18).toString("base64");
  const asset = (file: string): string =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", file)).toString();
  // Mermaid writes style elements and attributes, hence 'unsafe-inline' for styles alone.
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'unsafe-inline'`,
    `font-src ${webview.cspSource}`,
    "img-src data:",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<link rel="stylesheet" href="${asset("codicon.css")}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${asset(`${name}.css`)}">
</head>
<body>
<div id="app"></div>
<script type="module" nonce="${nonce}" src="${asset(`${name}.js`)}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
