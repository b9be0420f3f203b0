// The parts of the three formats that our workflows use, strictly: a key that is misspelled, or at the wrong place, is found.
import * as v from "valibot";

const text = v.pipe(v.string(), v.nonEmpty());
const minutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));
const strings = v.record(v.string(), v.string());
/** An action by its major version: a branch may become anything. */
const action = v.pipe(v.string(), v.regex(/^[\w-]+\/[\w-]+(?:\/[\w-]+)?@v\d+$/));

const githubStep = v.union([
  v.strictObject({
    uses: action,
    if: v.exactOptional(v.pipe(v.string(), v.regex(/^\$\{\{ .+ \}\}$/))),
    with: v.exactOptional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()]))),
  }),
  v.strictObject({ name: text, run: text }),
]);

const githubJob = v.strictObject({
  "runs-on": v.literal("ubuntu-latest"),
  needs: v.exactOptional(text),
  "timeout-minutes": minutes,
  strategy: v.exactOptional(
    v.strictObject({
      "fail-fast": v.boolean(),
      matrix: v.strictObject({ shard: v.pipe(v.array(v.number()), v.minLength(2)) }),
    }),
  ),
  env: v.exactOptional(strings),
  steps: v.pipe(v.array(githubStep), v.nonEmpty()),
});

export const githubSchema = v.strictObject({
  name: text,
  on: v.strictObject({ workflow_dispatch: v.null(), push: v.strictObject({ paths: v.array(text) }) }),
  concurrency: v.strictObject({ group: text, "cancel-in-progress": v.boolean() }),
  // Submissions are strangers' code: nothing here may write to the repository.
  permissions: v.strictObject({ contents: v.literal("read") }),
  env: strings,
  jobs: v.strictObject({ build: githubJob, grade: githubJob, merge: githubJob }),
});

const gitlabJob = v.strictObject({
  stage: text,
  parallel: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(2), v.maxValue(200))),
  needs: v.exactOptional(v.array(text)),
  retry: v.exactOptional(
    v.strictObject({
      max: v.picklist([0, 1, 2]),
      when: v.array(v.picklist(["runner_system_failure", "stuck_or_timeout_failure"])),
    }),
  ),
  cache: v.exactOptional(
    v.strictObject({ key: text, when: v.picklist(["always", "on_success", "on_failure"]), paths: v.array(text) }),
  ),
  script: v.pipe(v.array(text), v.nonEmpty()),
  artifacts: v.exactOptional(
    v.strictObject({
      expire_in: v.exactOptional(v.pipe(v.string(), v.regex(/^\d+ (?:day|week)s?$/))),
      when: v.exactOptional(v.picklist(["always", "on_success", "on_failure"])),
      paths: v.array(text),
      reports: v.exactOptional(v.strictObject({ junit: text })),
    }),
  ),
});

export const gitlabSchema = v.strictObject({
  default: v.strictObject({ image: text }),
  variables: strings,
  stages: v.array(text),
  build: gitlabJob,
  grade: gitlabJob,
  merge: gitlabJob,
});

const quantity = v.pipe(v.string(), v.regex(/^\d+(?:m|Mi|Gi)?$/));
const amounts = v.strictObject({ cpu: v.exactOptional(quantity), memory: quantity });

const container = v.strictObject({
  name: text,
  image: text,
  imagePullPolicy: v.picklist(["Always", "IfNotPresent", "Never"]),
  workingDir: text,
  env: v.array(v.strictObject({ name: text, value: v.string() })),
  command: v.tuple([v.literal("sh"), v.literal("-ec")]),
  args: v.tuple([text]),
  resources: v.strictObject({ requests: amounts, limits: v.exactOptional(amounts) }),
  securityContext: v.strictObject({
    allowPrivilegeEscalation: v.literal(false),
    runAsNonRoot: v.literal(true),
    runAsUser: v.pipe(v.number(), v.minValue(1)),
    capabilities: v.strictObject({ drop: v.tuple([v.literal("ALL")]) }),
  }),
  volumeMounts: v.array(v.strictObject({ name: text, mountPath: text })),
});

export const kubernetesSchema = v.strictObject({
  apiVersion: v.literal("batch/v1"),
  kind: v.literal("Job"),
  metadata: v.strictObject({ name: v.pipe(v.string(), v.regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/)) }),
  spec: v.strictObject({
    completionMode: v.exactOptional(v.picklist(["Indexed", "NonIndexed"])),
    completions: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    parallelism: v.exactOptional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    backoffLimit: v.pipe(v.number(), v.integer(), v.minValue(0)),
    activeDeadlineSeconds: v.pipe(v.number(), v.integer(), v.minValue(1)),
    template: v.strictObject({
      spec: v.strictObject({
        // A Job takes no other but OnFailure.
        restartPolicy: v.literal("Never"),
        automountServiceAccountToken: v.literal(false),
        containers: v.tuple([container]),
        volumes: v.array(v.strictObject({ name: text, persistentVolumeClaim: v.strictObject({ claimName: text }) })),
      }),
    }),
  }),
});
