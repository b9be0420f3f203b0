/** What no program of the corpus may ever touch: a file, a variable of the environment, a port, a program to start. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";

const secret = "canary-in-the-environment";
const variable = "HOSTILE_CANARY";

export class Canaries {
  readonly #folder = mkdtempSync(path.join(tmpdir(), "hostile-"));
  readonly #file = path.join(this.#folder, "file");
  /** Leaves a mark where it was started. */
  readonly #program = path.join(this.#folder, process.platform === "win32" ? "program.cmd" : "program");
  readonly #mark = path.join(this.#folder, "mark");
  readonly #server: Server;
  #connections = 0;

  constructor() {
    writeFileSync(this.#file, secret);
    const [head, tail] = process.platform === "win32" ? ["@echo off", ""] : ["#!/bin/sh", "\n"];
    writeFileSync(this.#program, `${head}\necho started > "${this.#mark}"${tail}`);
    chmodSync(this.#program, 0o755);
    process.env[variable] = secret;
    this.#server = createServer((socket) => {
      this.#connections++;
      socket.destroy();
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  /** The program with the canaries' addresses in the places of `PORT`, `FILE` and `PROGRAM`. */
  fill(program: string): string {
    const address = this.#server.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    return program
      .replaceAll("PORT", String(port))
      .replaceAll("FILE", asText(this.#file))
      .replaceAll("PROGRAM", asText(this.#program));
  }

  /** Whether a text holds what only the file and the environment do. */
  isIn(text: string): boolean {
    return text.includes(secret);
  }

  /** Which of them were touched. */
  touched(): string[] {
    return [
      ...(readFileSync(this.#file, "utf8") === secret ? [] : ["the file"]),
      ...(existsSync(this.#mark) ? ["the program"] : []),
      ...(this.#connections === 0 ? [] : ["the port"]),
    ];
  }

  [Symbol.dispose](): void {
    this.#server.close();
    Reflect.deleteProperty(process.env, variable);
    rmSync(this.#folder, { recursive: true });
  }
}

/** Inside of a literal. */
function asText(file: string): string {
  return file.replaceAll("\\", "\\\\");
}
