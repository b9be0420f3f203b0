/** How the panels' webviews are set up: what they may do, and the HTML they start with. Extension host. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { panelHtml, type PanelName } from "../core/panelPage.ts";

/** Scripts, since the pages are programs; nothing else that a webview can be allowed. */
export function panelOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return {
    enableScripts: true,
    enableForms: false,
    enableCommandUris: false,
    portMapping: [],
    localResourceRoots: [vscode.Uri.joinPath(extensionUri, "dist", "webview")],
  };
}

export function panelPage(name: PanelName, webview: vscode.Webview, extensionUri: vscode.Uri, title: string): string {
  return panelHtml({
    name,
    title,
    nonce: randomBytes(18).toString("base64"),
    source: webview.cspSource,
    asset: (file) => webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, "dist", "webview", file)).toString(),
  });
}
