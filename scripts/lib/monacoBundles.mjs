// How the playground's editor is bundled: once for the VSIX, once for the tests of pages. Runs on Node 20.

/**
 * @param {{ outdir: string, dev?: boolean }} options `outdir` is relative to the build's own
 * @returns {import("esbuild").BuildOptions[]}
 */
export function monacoBundles({ outdir, dev = false }) {
  /** @type {import("esbuild").BuildOptions} */
  const common = {
    bundle: true,
    platform: "browser",
    target: "es2022",
    minify: !dev,
    legalComments: "none",
    // Monaco's icons, beside its style sheet.
    loader: { ".ttf": "file" },
    assetNames: `${outdir}/[name]`,
  };
  return [
    {
      ...common,
      entryPoints: [
        { in: "webview/playground/monaco/main.ts", out: `${outdir}/editor` },
        { in: "webview/playground/monaco/zh-cn.ts", out: `${outdir}/zh-cn` },
      ],
      format: "esm",
    },
    {
      ...common,
      // A worker that is started from a blob has no address from which it could import.
      format: "iife",
      entryPoints: [
        { in: "webview/playground/monaco/editor.worker.ts", out: `${outdir}/editor.worker` },
        { in: "webview/playground/monaco/ts.worker.ts", out: `${outdir}/ts.worker` },
      ],
    },
  ];
}
