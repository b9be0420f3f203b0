/** How the panels' webviews are set up: what they may do, and the HTML they start with. Extension host. */
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { panelHtml, type PanelName } from "../../core/page/panelPage.ts";

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

/** The icon of its tab, and the page. @param icon of media/, without "-light" and "-dark" */
export function dressPanel(
  panel: vscode.WebviewPanel,
  name: PanelName,
  extensionUri: vscode.Uri,
  icon = "lesson",
): void {
  panel.iconPath = {
    light: vscode.Uri.joinPath(extensionUri, "media", `${icon}-light.svg`),
    dark: vscode.Uri.joinPath(extensionUri, "media", `${icon}-dark.svg`),
  };
  panel.webview.html = panelPage(name, panel.webview, extensionUri, panel.title);
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
