/** What the compiler thread is asked and answers. Runs nowhere: types only. */
import type { CompileOptions, Compiled } from "../../core/compiler/compile.ts";
import type { ToldSpec } from "../../core/compiler/specPlaces.ts";
import type { FoundSymbols } from "../../core/compiler/symbols/codeSymbol.ts";
import type { SourceText, TypeProblem } from "../../core/compiler/typeCheck.ts";

export type CompilerRequest = { readonly id: number } & (
  | { readonly kind: "compile"; readonly source: string; readonly options: CompileOptions }
  | {
      readonly kind: "type-check";
      readonly files: readonly SourceText[];
      readonly libraries: Readonly<Record<string, string>>;
    }
  | { readonly kind: "places"; readonly source: string }
  | { readonly kind: "symbols"; readonly file: string; readonly text: string }
);

export type CompilerReply = { readonly id: number } & (
  | { readonly kind: "compile"; readonly result: Compiled }
  | { readonly kind: "type-check"; readonly problems: readonly TypeProblem[] }
  | { readonly kind: "places"; readonly told: ToldSpec }
  | { readonly kind: "symbols"; readonly found: FoundSymbols }
  | { readonly kind: "broken"; readonly message: string }
);

type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;
export type CompilerQuestion = WithoutId<CompilerRequest>;
