/** What `--help` prints. */

export const overview = `interleave: learn concurrency by running it

  interleave list [--json]
  interleave grade <lesson> <file> [--json] [--reporter pretty|json|junit|tap] [--schedules N] [--seed S] [--locale L] [--pack DIR] [--cases FILE]
  interleave replay <lesson> <file> --test NAME --schedule STRING [--json]
  interleave verify [DIR] [--onboarding DIR] [--json]
  interleave stops [DIR] [--update] [--stop ID] [--json]
  interleave new <lesson> [--pack DIR]

  interleave <command> --help    more about one of them
  interleave --version

Exit status: 0 passed, 1 did not pass, 2 could not be run.
`;

const pack = "  --pack DIR        the folder of lessons; the default are those that Interleave ships with";
const locale = "  --locale L        en or zh-cn; the default is the language of LC_ALL or LANG";
const cases = "  --cases FILE      orders of your own (cases.json beside the exercise), graded with the lesson's tests";
const seed = "  --seed S          chooses among orders beyond that number, and what Math.random gives; 1 by default";

export const commandHelp: Readonly<Record<string, string>> = {
  list: `interleave list [--json] [--locale L] [--pack DIR]

Lists the lessons: id, track, title, level, minutes, locales.

${locale}
${pack}
`,
  grade: `interleave grade <lesson> <file> [options]

Grades a file against a lesson's tests, in every order in which the outside could have answered.

  --reporter NAME   pretty (the default), json, junit or tap
  --json            the same as --reporter json
  --schedules N     orders that one test may run, at most; 2000 by default
${cases}
${seed}
${locale}
${pack}
`,
  replay: `interleave replay <lesson> <file> --test NAME --schedule STRING [options]

Plays one order of one test again and prints what happened in it, event by event.

  --test NAME       the test, as grade names it
  --schedule STRING the order, as grade prints it for a failure
  --json            the events as data
  --seed S          the seed that the grading was given, if any
  --cases FILE      the same as for grade, where the test is one of yours
${locale}
${pack}
`,
  verify: `interleave verify [DIR] [--onboarding DIR] [--json] [--locale L]

Checks a folder of lessons: files, both languages, links, diagrams, types, and by running them the starter (which must
fail), the solution (which must pass), every mistake (which must fail with its diagnosis) and the quiz.

In a repository with .interleave/onboarding.json it checks that file instead: the lessons that it names, and whether the code
that its stops point to is still what it was.

  DIR               the folder; the default is the working directory where that has an onboarding, else the lessons that
                    Interleave ships with
  --onboarding DIR  the repository with the onboarding
  --json            the findings as data
${locale}
`,
  stops: `interleave stops [DIR] [--update] [--stop ID] [--json] [--locale L]

Shows where the code stops of .interleave/onboarding.json are now. The status is 0 where all are sound.

  DIR               the repository; the default is the working directory
  --update          writes down where moved stops are and what changed ones look like: read them first
  --stop ID         this one only
  --json            the stops as data
${locale}
`,
  new: `interleave new <lesson> [--pack DIR]

Writes a small, complete lesson to start from, and adds it to the pack's catalog. Overwrites nothing.

${pack}
`,
};
