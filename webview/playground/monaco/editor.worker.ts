/** Monaco's helper for words, links and differences. Runs in a worker of the playground's page. */
import "monaco-editor/editor/editor.worker";
