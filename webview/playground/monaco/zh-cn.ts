/** Monaco's own words in 简体中文; it reads them once, so they have to be there before it is. Runs in the playground's page. */
import "monaco-editor/nls/lang/zh-cn";
