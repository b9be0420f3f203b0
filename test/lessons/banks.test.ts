// Every lesson tells right from wrong: the solutions of other people beside this file (right/ and wrong/; a wrong one names in
// its first line the diagnoses that a fair judge could give). Its own starter, solution and mistakes are graded by `verify`.
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../scripts/lib/paths.mjs";
import type { Verdict } from "../../src/protocol/verdict.ts";
import { NodeGrader } from "../../src/runner/node/createNodeGrader.ts";
import { dist } from "./commandLine.ts";
import { lessonIds, readGrading } from "./lessonsOnDisk.ts";

const never = new AbortController().signal;

for (const lesson of lessonIds()) {
  const bank = join(root, "test", "lessons", lesson);

  describe(lesson, { concurrency: 2 }, () => {
    let grader: NodeGrader;
    before(() => {
      grader = new NodeGrader({ distDir: dist, jobsPerSandbox: 25 });
      grader.warm();
    });
    after(() => {
      grader.dispose();
    });

    const grading = readGrading(lesson);
    function grade(file: string): Promise<Verdict> {
      return grader.grade({ ...grading, exercise: readFileSync(file, "utf8"), exerciseName: basename(file) }, never);
    }

    for (const file of globSync(join(bank, "right", "*.ts")).sort()) {
      it(`passes ${basename(file)}`, async () => {
        const verdict = await grade(file);
        assert.deepEqual(complaints(verdict), []);
        assert.equal(verdict.passed, true);
      });
    }

    for (const file of globSync(join(bank, "wrong", "*.ts")).sort()) {
      it(`fails ${basename(file)}`, async () => {
        const found = firstDiagnosis(await grade(file));
        const accepted = diagnosesOf(file);
        assert.ok(accepted.includes(found), `${found} is none of ${accepted.join(", ")}`);
      });
    }
  });
}

/** Of `// diagnosis: a, b - why`. */
function diagnosesOf(file: string): readonly string[] {
  const [, list = ""] = /^\/\/ diagnosis: ([a-z-]+(?:, [a-z-]+)*) - /.exec(readFileSync(file, "utf8")) ?? [];
  assert.notEqual(list, "", `${file} does not name its diagnosis in its first line`);
  return list.split(", ");
}

function firstDiagnosis({ tests, error }: Verdict): string {
  return error?.code ?? tests.find(({ failure }) => failure !== undefined)?.failure?.diagnosis ?? "no failure";
}

function complaints({ tests, error }: Verdict): readonly string[] {
  const failures = tests.flatMap(({ name, failure }) =>
    failure === undefined ? [] : [`${name} ${failure.schedule}: ${failure.diagnosis}: ${failure.message.en}`],
  );
  return error === undefined ? failures : [error.message.en, ...failures];
}
