// Makes code stops and what becomes of their code: pieces of code in several languages, and what people do to them. Each case is a
// repository of its own folder before and after, with the state that its stop must be in.
import type { StopState } from "../../../../src/core/onboarding/judgeStop.ts";

export interface StopCase {
  /** Unique; also the folder of its files. */
  readonly id: string;
  /** Relative to the repository. */
  readonly file: string;
  readonly symbol: string;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly state: StopState;
  /** Where the report must say that the code is: file and symbol. */
  readonly at?: readonly [file: string, symbol: string];
}

interface Piece {
  readonly name: string;
  readonly file: string;
  readonly symbol: string;
  readonly text: string;
  /** Replacements, by what they are: each [what, by what]. */
  readonly comment: Replacement;
  readonly layout: readonly Replacement[];
  readonly body: readonly Replacement[];
  readonly rename: Replacement;
  /** Takes the symbol away. */
  readonly remove: Replacement;
  /** The symbol's name after `rename`. */
  readonly renamed: string;
}

type Replacement = readonly [what: string, by: string];

const pieces: readonly Piece[] = [
  {
    name: "ts-function",
    file: "retry.ts",
    symbol: "retry",
    text: "import { sleep } from './sleep.ts';\n\n// Tries again.\nexport async function retry(run: () => Promise<void>, times: number) {\n  for (let n = 0; n < times; n++) {\n    await run();\n    await sleep(2 ** n);\n  }\n}\n\nexport const limit = 3;\n",
    comment: ["    await run();", "    // Whatever it throws ends the loop.\n    await run(); /* once */"],
    layout: [
      ["(run: () => Promise<void>, times: number)", "(\n  run: () => Promise<void>,\n  times: number,\n)"],
      ["await sleep(2 ** n);", "await sleep(2 ** n)"],
    ],
    body: [
      ["2 ** n", "3 ** n"],
      ["n < times", "n <= times"],
      ["await run();", "run();"],
    ],
    rename: ["function retry(", "function tryAgain("],
    renamed: "tryAgain",
    remove: ["retry(run: () => Promise<void>, times: number)", "forget(run: () => void, times: number)"],
  },
  {
    name: "ts-method-of-two",
    file: "limits.ts",
    symbol: "Pool.acquire",
    text: "export class Semaphore {\n  acquire() {\n    return this.take(1);\n  }\n}\n\nexport class Pool {\n  /** Waits for its turn. */\n  async acquire(signal?: AbortSignal) {\n    signal?.throwIfAborted();\n    return this.free.pop() ?? (await this.open('tcp://db'));\n  }\n  release() {}\n}\n",
    comment: ["/** Waits for its turn. */", "/** Waits for its turn, first come, first served. */"],
    layout: [
      ["  async acquire(signal?: AbortSignal) {", "  async   acquire( signal?: AbortSignal )\n  {"],
      ["'tcp://db'", '"tcp://db"'],
    ],
    body: [
      ["tcp://db", "tcp://d b"],
      ["?? (await", "|| (await"],
      ["signal?.throwIfAborted();", "if (signal?.aborted) throw signal.reason;"],
    ],
    rename: ["async acquire(", "async obtain("],
    renamed: "Pool.obtain",
    remove: ["async acquire(signal?: AbortSignal)", "private forget(signal: AbortSignal)"],
  },
  {
    name: "ts-overloads",
    file: "group.ts",
    symbol: "wait",
    text: "export function wait(one: Promise<void>): Promise<void>;\nexport function wait(many: readonly Promise<void>[]): Promise<void>;\nexport async function wait(what: Promise<void> | readonly Promise<void>[]) {\n  await (Array.isArray(what) ? Promise.all(what) : what);\n}\nexport function go() {}\n",
    comment: ["  await (Array", "  // All of them.\n  await (Array"],
    layout: [
      ["what: Promise<void> | readonly Promise<void>[]", "\n  what:\n    Promise<void> | readonly Promise<void>[],\n"],
      ["wait(one: Promise<void>): Promise<void>;", "wait(\n  one: Promise<void>,\n): Promise<void>\n"],
    ],
    body: [
      ["wait(one: Promise<void>): Promise<void>;", "wait(one: Promise<number>): Promise<void>;"],
      ["Promise.all(", "Promise.allSettled("],
      ["export function wait(many: readonly Promise<void>[]): Promise<void>;\n", ""],
    ],
    rename: ["function wait(", "function join("],
    renamed: "join",
    remove: ["function wait(", "function never(never: never, "],
  },
  {
    name: "js-arrow",
    file: "flight.js",
    symbol: "share",
    text: "const calls = new Map();\nexport const share = (key, run) => {\n  const known = calls.get(key);\n  return known ?? start(key, run);\n};\nfunction start(key, run) {\n  return run(key);\n}\n",
    comment: ["  return known", "  /* the first one runs */\n  return known"],
    layout: [
      ["(key, run) => {", "(\n  key,\n  run,\n) => {"],
      ["  return known ?? start(key, run);\n};", "  return known\n    ?? start(key, run)\n}"],
    ],
    body: [
      ["known ?? start", "known || start"],
      ["calls.get(key)", "calls.get(run)"],
      ["return known ?? start(key, run);", "return\n    known ?? start(key, run);"],
    ],
    rename: ["const share =", "const once ="],
    renamed: "once",
    remove: ["export const share = (key, run)", "export const split = (key)"],
  },
  {
    name: "go-method-of-two",
    file: "pool.go",
    symbol: "Pool.Acquire",
    text: 'package pool\n\ntype Queue struct{}\n\nfunc (q *Queue) Acquire(ctx context.Context) error { return ctx.Err() }\n\n// Acquire waits.\nfunc (p *Pool[T]) Acquire(ctx context.Context) (*T, error) {\n\tselect {\n\tcase c := <-p.free:\n\t\treturn c, nil\n\tcase <-ctx.Done():\n\t\treturn nil, errors.New("closed {")\n\t}\n}\n\nfunc New(n int) *Pool { return &Pool{n} }\n',
    comment: ["\tselect {", "\t// Whichever is first {\n\tselect {"],
    layout: [
      ["(ctx context.Context) (*T, error) {", "(\n\tctx context.Context,\n) (*T, error) {"],
      ["\t\treturn c, nil", "\t\t\treturn   c,  nil"],
    ],
    body: [
      ["return c, nil", "return nil, nil"],
      ["closed {", "closed"],
      ["\tcase <-ctx.Done():", "\tcase <-p.done:"],
    ],
    rename: ["[T]) Acquire(", "[T]) Take("],
    renamed: "Pool.Take",
    remove: ["func (p *Pool[T]) Acquire", "func (p *Poor[T]) Forget"],
  },
  {
    name: "py-method",
    file: "group.py",
    symbol: "Group.run",
    text: 'class Group:\n    """Runs."""\n\n    @traced\n    async def run(self, jobs, limit=3):\n        for job in jobs:\n            await self.start(job)\n        return self.result\n\n    def stop(self):\n        self.stopped = True\n',
    comment: ["        for job in jobs:", "        # one by one\n        for job in jobs:"],
    layout: [
      ["(self, jobs, limit=3)", "(\n            self,\n            jobs, limit = 3)"],
      [
        "        for job in jobs:\n            await self.start(job)",
        "        for job in jobs:\n              await self.start( job )",
      ],
    ],
    body: [
      ["        return self.result", "            return self.result"],
      ["@traced", "@timed"],
      ["limit=3", "limit=4"],
    ],
    rename: ["def run(", "def drain("],
    renamed: "Group.drain",
    remove: ["async def run(self", "async def walk(me"],
  },
  {
    name: "rs-method",
    file: "pool.rs",
    symbol: "Pool.acquire",
    text: "pub struct Pool<T> { free: Vec<T> }\n\nimpl<T> Pool<T> {\n    pub fn acquire(&mut self, limit: usize) -> Option<T> {\n        // the last one\n        if limit == 0 { return None; }\n        self.free.pop()\n    }\n    fn size(&self) -> usize { self.free.len() }\n}\n",
    comment: ["// the last one", "// the newest"],
    layout: [
      ["(&mut self, limit: usize)", "(\n        &mut self,\n        limit: usize\n    )"],
      ["if limit == 0 { return None; }", "if limit == 0 {\n            return None;\n        }"],
    ],
    body: [
      ["limit == 0", "limit == 1"],
      ["self.free.pop()", "self.free.pop();"],
      ["&mut self, limit", "&self, limit"],
    ],
    rename: ["pub fn acquire", "pub fn take"],
    renamed: "Pool.take",
    remove: ["pub fn acquire(&mut self", "pub fn lose(&mut me"],
  },
];

function replaced(text: string, [what, by]: Replacement): string {
  if (!text.includes(what)) throw new Error(`"${what}" is not in the piece.`);
  return text.replaceAll(what, by);
}

function endingOf(file: string): string {
  return file.slice(file.lastIndexOf(".") + 1);
}

const otherCode: Readonly<Record<string, string>> = {
  ts: "export const before = { a: 1 };\n\n",
  js: "export const before = { a: 1 };\n\n",
  go: "package pool\n\nvar before = map[string]int{}\n\n",
  py: "before = {}\n\n",
  rs: "const BEFORE: [u8; 2] = [1, 2];\n\n",
};

/** Every piece with everything that may happen to it. */
export function stopCases(): readonly StopCase[] {
  return pieces.flatMap((piece) => [...soundCases(piece), ...decayedCases(piece)]);
}

type Made = Omit<StopCase, "id" | "file" | "symbol" | "before">;

function toCases(piece: Piece, made: Readonly<Record<string, (folder: string) => Made>>): readonly StopCase[] {
  return Object.entries(made).map(([what, make]) => {
    const id = `${piece.name}-${what}`;
    const file = `${id}/${piece.file}`;
    return { id, file, symbol: piece.symbol, before: { [file]: piece.text }, ...make(id) };
  });
}

function soundCases(piece: Piece): readonly StopCase[] {
  const { text, file, comment, layout, symbol } = piece;
  const ending = endingOf(file);
  const [first, second] = layout;
  if (first === undefined || second === undefined) throw new Error("A piece has two changes of its layout.");
  const sound =
    (after: string) =>
    (folder: string): Made => ({
      state: "sound",
      after: { [`${folder}/${file}`]: after },
      at: [`${folder}/${file}`, symbol],
    });
  const lower = (otherCode[ending] ?? "") + text.replace("package pool\n", "");
  const both = replaced(replaced(text, first), second);
  return toCases(piece, {
    untouched: sound(text),
    lower: sound(lower),
    comment: sound(replaced(text, comment)),
    wrapped: sound(replaced(text, first)),
    spaced: sound(replaced(text, second)),
    reformatted: sound(both),
    "comment-and-layout": sound(replaced(both, comment)),
    "line-ends": sound(text.replaceAll("\n", "\r\n")),
    "blank-lines": sound(text.replaceAll("\n", "\n\n")),
    "trailing-space": sound(text.replaceAll("\n", " \n")),
    "more-after": sound(`${text}\n${(otherCode[ending] ?? "").replace("package pool\n", "")}`),
    "lower-and-comment": sound(replaced(lower, comment)),
    "lower-and-layout": sound(replaced(lower, first)),
    "other-file": (folder) => ({
      ...sound(text)(folder),
      after: { [`${folder}/${file}`]: text, [`${folder}/copy/${file}`]: text },
    }),
    "changed-elsewhere": sound(
      `${otherCode[ending] ?? ""}${text.replace("package pool\n", "")}`.replace("before", "earlier"),
    ),
  });
}

function decayedCases(piece: Piece): readonly StopCase[] {
  const { text, file, body, rename, remove, renamed, symbol, comment, layout } = piece;
  const [one, two, three] = body;
  const [first, second] = layout;
  if (one === undefined || two === undefined || three === undefined) throw new Error("A piece has three changes.");
  if (first === undefined || second === undefined) throw new Error("A piece has two changes of its layout.");
  const here = (folder: string): string => `${folder}/${file}`;
  const changed =
    (after: string) =>
    (folder: string): Made => ({ state: "changed", after: { [here(folder)]: after }, at: [here(folder), symbol] });
  const movedTo =
    (after: (folder: string) => readonly [string, string], name: string) =>
    (folder: string): Made => {
      const [path, content] = after(folder);
      return { state: "moved", after: { [path]: content }, at: [path, name] };
    };
  const other = file.replace(".", "_new.");
  return toCases(piece, {
    "body-1": changed(replaced(text, one)),
    "body-2": changed(replaced(text, two)),
    "body-3": changed(replaced(text, three)),
    "body-and-comment": changed(replaced(replaced(text, one), comment)),
    "body-and-layout": changed(replaced(replaced(text, two), first)),
    "two-of-the-body": changed(replaced(replaced(text, one), two)),
    renamed: movedTo((folder) => [here(folder), replaced(text, rename)], renamed),
    "renamed-and-layout": movedTo((folder) => [here(folder), replaced(replaced(text, second), rename)], renamed),
    "file-renamed": movedTo((folder) => [`${folder}/${other}`, text], symbol),
    "folder-renamed": movedTo((folder) => [`${folder}/inner/${file}`, text], symbol),
    "file-renamed-and-layout": movedTo((folder) => [`${folder}/a/b/${other}`, replaced(text, first)], symbol),
    "taken-out": (folder) => ({
      state: "moved",
      after: { [here(folder)]: otherCode[endingOf(file)] ?? "", [`${folder}/${other}`]: text },
      at: [`${folder}/${other}`, symbol],
    }),
    removed: (folder) => ({ state: "gone", after: { [here(folder)]: replaced(text, remove) } }),
    "file-gone": () => ({ state: "gone", after: {} }),
    "renamed-and-changed": (folder) => ({
      state: "gone",
      after: { [here(folder)]: replaced(replaced(text, one), rename) },
    }),
  });
}
