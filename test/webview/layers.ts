// Entry of a page of the tests, which shows what single layers of a panel's page let through. Runs in the browser, under
// the lesson panel's own policy.
import { createDiagramPainter } from "../../webview/common/mermaid.ts";
import { guardMarkup } from "../../webview/common/guardMarkup.ts";
import { sanitiseDrawing, sanitiseLabel, sanitiseProse } from "../../webview/common/sanitise.ts";
import { readTheme } from "../../webview/common/theme.ts";

guardMarkup();
const painter = createDiagramPainter();
const app = document.getElementById("app") ?? document.body;

const add = (...content: readonly Node[]): void => {
  const box = document.createElement("div");
  box.className = "diagram-view";
  box.append(...content);
  app.append(box);
};

/** Each takes one text from outside and shows what is left of it; false where nothing is. */
const layers = {
  prose(text: string): boolean {
    add(sanitiseProse(text));
    return true;
  },
  label(text: string): boolean {
    const holder = document.createElement("div");
    // The page's policy `default` sees this one.
    holder.innerHTML = text;
    const other = document.createElement("div");
    other.innerHTML = sanitiseLabel(text);
    add(holder, other);
    return true;
  },
  drawing(text: string): boolean {
    const drawing = sanitiseDrawing(text);
    if (drawing !== undefined) add(drawing);
    return drawing !== undefined;
  },
  async diagram(source: string): Promise<boolean> {
    const box = document.createElement("div");
    box.className = "diagram-view";
    app.append(box);
    try {
      box.replaceChildren(await painter.draw({ file: "layers.mmd", source }, readTheme(), box));
      return true;
    } catch {
      box.remove();
      return false;
    }
  },
};

Object.assign(globalThis, { layers });
