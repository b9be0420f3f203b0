/** What `--help` prints, in English; `helpZhCn.ts` has the same in 简体中文. */

export interface Help {
  readonly overview: string;
  /** By command. */
  readonly commands: Readonly<Record<string, string>>;
}

const overview = `interleave: learn concurrency by running it

  interleave list [--json]
  interleave grade <lesson> <file> [--json] [--reporter pretty|json|junit|tap] [--schedules N] [--seed S] [--locale L] [--pack DIR] [--cases FILE]
  interleave grade [<lesson>] --from DIR [--jobs N] [--shard I/N] [--reporter …] [--output FILE] [--resume]
  interleave merge <file>… [--json] [--reporter pretty|json|junit|tap] [--output FILE]
  interleave replay <lesson> <file> --test NAME --schedule STRING [--json]
  interleave report FILES… [--html FILE] [--csv FILE] [--locale L] [--pack DIR]
  interleave verify [DIR] [--onboarding DIR] [--json]
  interleave stops [DIR] [--update] [--stop ID] [--json]
  interleave new <lesson> [--pack DIR] [--title TEXT]
  interleave record <lesson> <file> --pack DIR --name NAME --belief TEXT
  interleave explore <lesson> [<file>] [--json] [--pack DIR]

  interleave <command> --help    more about one of them
  interleave --version

Exit status: 0 passed, 1 did not pass, 2 could not be run.
`;

const pack = "  --pack DIR        the folder of lessons; the default are those that Interleave ships with";
const locale = "  --locale L        en or zh-cn; the default is the language of LC_ALL or LANG";
const cases = "  --cases FILE      orders of your own (cases.json beside the exercise), graded with the lesson's tests";
const seed = "  --seed S          chooses among orders beyond that number, and what Math.random gives; 1 by default";

const commands: Help["commands"] = {
  list: `interleave list [--json] [--locale L] [--pack DIR]

Lists the lessons: id, track, title, level, minutes, locales.

  --json            the lessons as data
${locale}
${pack}
`,
  grade: `interleave grade <lesson> <file> [options]
interleave grade [<lesson>] --from DIR [options]

Grades a file against a lesson's tests, in every order in which the outside could have answered. With --from, grades a
folder of submissions: DIR holds a folder a person, with <lesson>.ts or exercise.ts; without <lesson>, with a <lesson>.ts
for each lesson that was handed in.

  --reporter NAME   pretty (the default), json, junit or tap
  --json            the same as --reporter json
  --schedules N     orders that one test may run, at most; 2000 by default
${cases}
${seed}
${locale}
${pack}

With --from:
  --file NAME       the file in each person's folder, where it is neither <lesson>.ts nor exercise.ts
  --jobs N          submissions graded at once; by default as many as there are processors
  --shard I/N       only the part I of N, from 1, of the sorted list; interleave merge puts the parts together
  --output FILE     where the report goes; else to stdout. FILE.journal keeps each result as it comes
  --resume          takes over from the journal what has not changed, after a run was stopped or a file handed in late
  --timings         tells how long each took, which makes each report another one

The status is 0 if all passed, 1 if some did not or could not be graded, 2 if the run itself was not possible.
`,
  merge: `interleave merge <file>… [options]

Puts the JSON reports of all shards of a run together: the report is the one of a single run, to the byte. Refuses shards
that are not of the same run, missing, or there twice, and says which.

  --reporter NAME   pretty (the default), json, junit or tap
  --json            the same as --reporter json
  --output FILE     where the report goes; else to stdout
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
  report: `interleave report FILES… [--html FILE] [--csv FILE] [options]

Merges what many people have exported of their progress (“Interleave: Export My Progress” in VS Code) into one page: who is
where, which kinds of bugs the team shares, which lessons stop people. The page stands alone, needs no script and prints.

  FILES             exports, and folders of which every *.json is read; of two exports by one name the newer counts
  --html FILE       writes the page there; - is stdout, where it also goes if neither option is given
  --csv FILE        writes a table for spreadsheets there, a row for each person and lesson; - is stdout
${locale}
${pack}

A file that cannot be read, is of another version or was changed (its checksum does not fit) is named on stderr and left out.
The checksum tells of accidental changes; it is no proof of who wrote a file. The same files in any order make the same page.

Exit status: 0 every file was read, 1 some were not, 2 none was.
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
  new: `interleave new <lesson> [--pack DIR] [--title TEXT]

Writes a small, complete lesson to start from, and adds it to the pack's catalog. Overwrites nothing of yours. Where DIR holds no
pack yet, one is started. Beside the catalog goes a tsconfig.json, where there is none, and a folder .types, so that editors know
the types of the lessons.

  --title TEXT      its title, in both languages until you change it; by default made of its id
${pack}
`,
  record: `interleave record <lesson> <file> --pack DIR --name NAME --belief TEXT [options]

Grades the file, which must fail, and writes it into the lesson's mistakes with the diagnosis of the first test that fails.

  --pack DIR        the folder of your lessons
  --name NAME       of the mistake: mistakes/NAME.ts
  --belief TEXT     what its developer believed, in one line, as in "once: true takes the listener away"
  --schedules N     orders that one test may run, at most; 2000 by default
${seed}
${locale}
`,
  explore: `interleave explore <lesson> [<file>] [options]

Shows the schedule space of a lesson's spec against its solution, or against the file: the orders of each test, what never
happens in them, the lines of the spec that nothing reaches, the rules of the leak oracle that are switched off or have no
occasion, which test catches each mistake first, and the tests that no mistake needs.

  --json            the same as data
  --schedules N     orders that one test may run, at most; 2000 by default
${seed}
${locale}
${pack}

The status is 0 if the file passes, 1 if it does not.
`,
};

export const helpEn: Help = { overview, commands };
