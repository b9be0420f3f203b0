/** Which of the rehearsals' skills a lesson is about, told by the skills that its lesson.json names. Pure. */
import { type SkillId, skillIds } from "./skills.ts";

/**
 * What a lesson's own words for its skills speak for. Words that many lessons share (abort-signal, listener-cleanup) tell them
 * apart from nothing, and are left out.
 */
const spokenFor: Readonly<Record<string, SkillId>> = {
  "object-pooling": "cleanup",
  ownership: "cleanup",
  "async-finally": "cleanup",
  "explicit-resource-management": "cancellation",
  polling: "cancellation",
  "fan-out-fan-in": "fan-out",
  "partial-results": "fan-out",
  "structured-concurrency": "fan-out",
  "task-queue": "fan-out",
  "concurrency-limits": "limits",
  "idempotent-release": "limits",
  retry: "deadlines-and-retries",
  "backoff-and-jitter": "deadlines-and-retries",
  "error-classification": "deadlines-and-retries",
  "resource-cleanup": "deadlines-and-retries",
  "tail-latency": "overload",
  racing: "overload",
  "closed-loop": "overload",
  percentiles: "overload",
  "grace-periods": "shutdown",
  "health-checks": "shutdown",
  "connection-reuse": "pools",
  "request-coalescing": "caching-and-partitions",
  "cache-stampede": "caching-and-partitions",
  partitioning: "caching-and-partitions",
  ordering: "caching-and-partitions",
};

/** The skill that most of its words speak for, and of equals the one named first; undefined where none does. */
export function skillOfLesson(words: readonly string[]): SkillId | undefined {
  const votes = words.flatMap((word) => (Object.hasOwn(spokenFor, word) ? (spokenFor[word] ?? []) : []));
  const count = (skill: SkillId): number => votes.filter((vote) => vote === skill).length;
  const most = Math.max(...skillIds.map(count));
  return votes.find((skill) => count(skill) === most);
}
