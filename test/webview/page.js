// Stands in for VS Code in the harness page: the API of a webview, a host that says yes, and the theme. Runs in the
// browser, before the panel's own script.
(() => {
  const key = "panel-memory";
  const posted = [];
  const kept = [];
  const violations = [];
  const followed = [];
  const problems = [];
  let refusal;
  // Put there by the test: a window keeps its name when it loads another page.
  const fixture = JSON.parse(window.name);

  // This runs before there is a body, as VS Code's own script does.
  const dress = (name) => {
    if (document.body !== null) document.body.className = name;
    else document.addEventListener("readystatechange", () => dress(name), { once: true });
  };

  // VS Code takes these away, and speaks from the frame around the page: of the same origin, and not the page's own window.
  delete window.parent;
  delete window.top;
  delete window.frameElement;
  const send = (message) => {
    const event = new window.MessageEvent("message", { data: window.structuredClone(message), origin: window.origin });
    window.setTimeout(() => window.dispatchEvent(event), 0);
  };

  addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });

  // VS Code follows links itself, from a listener on the window; it would only do so for a click by a person.
  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node.localName === "a" && node.href);
    if (link === undefined) return;
    event.preventDefault();
    if (!link.getAttribute("href").startsWith("#")) followed.push(link.href.baseVal ?? link.href);
  });

  window.acquireVsCodeApi = () => ({
    postMessage(message) {
      if (message.type === "keepDrawing") kept.push(message.drawing);
      else posted.push(message);
      if (message.type === "reportProblem") problems.push(message.problem);
      if (message.type === "ready" && fixture.drawings !== undefined) {
        send({ type: "drawings", drawings: fixture.drawings });
      }
      if (message.type === "ready" && window.harness.state !== undefined) {
        send({ type: "state", state: window.harness.state });
      }
      // A test that runs what is to be simulated answers itself, once it is over.
      if (message.type === "simulate" && window.simulate !== undefined) {
        void window.simulate(message);
        return;
      }
      send(
        refusal === undefined
          ? { type: "answer", id: message.id, ok: true }
          : { type: "answer", id: message.id, ok: false, problem: refusal },
      );
    },
    getState: () => JSON.parse(sessionStorage.getItem(key) ?? "null") ?? undefined,
    setState: (state) => sessionStorage.setItem(key, JSON.stringify(state)),
  });

  window.harness = {
    posted,
    kept,
    violations,
    followed,
    problems,
    state: fixture.shown,
    send,
    show(state) {
      this.state = state;
      send({ type: "state", state });
    },
    refuse(problem) {
      refusal = problem;
    },
    theme({ body, variables }) {
      document.documentElement.style.cssText = Object.entries(variables)
        .map(([name, value]) => `--vscode-${name}: ${value}`)
        .join("; ");
      dress(body);
    },
  };
  window.harness.theme(fixture.look);
})();
