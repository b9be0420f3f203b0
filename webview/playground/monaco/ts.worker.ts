/** TypeScript as Monaco ships it: completion, hovers, problems. Runs in a worker of the playground's page. */
import "monaco-editor/languages/features/typescript/ts.worker";
