// Stands in for VS Code in the harness page: the API of a webview, a host that says yes, and the theme. Runs in the
// browser, before the panel's own script.
(() => {
  const key = "panel-memory";
  const posted = [];
  const violations = [];
  const problems = [];
  let refusal;
  // Put there by the test: a window keeps its name when it loads another page.
  const fixture = JSON.parse(window.name);

  const send = (message) => window.postMessage(message, "*");

  addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });

  window.acquireVsCodeApi = () => ({
    postMessage(message) {
      posted.push(message);
      if (message.type === "reportProblem") problems.push(message.problem);
      if (message.type === "ready" && window.harness.state !== undefined) {
        send({ type: "state", state: window.harness.state });
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
    violations,
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
      document.body.className = body;
    },
  };
  window.harness.theme(fixture.look);
})();
