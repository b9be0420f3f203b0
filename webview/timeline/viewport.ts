/** Zoom and place of the charts that are looked at together: who changes it tells the others. Runs in a webview's page. */

export interface Viewport {
  /** 1: the whole run. */
  readonly zoom: number;
  /** CSS pixels. */
  readonly left: number;
}

export interface ViewportStore {
  readonly current: Viewport;
  set(viewport: Viewport): void;
  observe(listener: () => void): () => void;
}

export function createViewport(initial: Viewport): ViewportStore {
  const listeners = new Set<() => void>();
  let current = initial;
  return {
    get current() {
      return current;
    },
    set(viewport) {
      if (viewport.zoom === current.zoom && viewport.left === current.left) return;
      current = viewport;
      for (const listener of listeners) listener();
    },
    observe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
