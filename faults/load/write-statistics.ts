import type { Entry } from "./journal.ts";

/** What the clients experienced. It is published beside the number of lost, doubled and partial writes. */
export interface WriteStatistics {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly attemptsWithoutAnswer: number;
  /** The longest time without an acknowledged write. */
  readonly longestGapMs: number;
  /** The time of the slowest answer. */
  readonly slowestAnswerMs: number;
}

export function writeStatisticsOf(journal: readonly Entry[]): WriteStatistics {
  const writes = journal.filter(({ method }) => method !== "GET");
  const count = (kind: Entry["outcome"]["kind"]) => writes.filter(({ outcome }) => outcome.kind === kind).length;
  const attempts = journal.flatMap((entry) => entry.attempts);
  const answered = attempts.flatMap(({ outcome, startedAt, endedAt }) =>
    outcome.kind === "unknown" || endedAt === null ? [] : [endedAt - startedAt],
  );
  return {
    acknowledged: count("acknowledged"),
    refused: count("refused"),
    unknown: count("unknown"),
    attemptsWithoutAnswer: attempts.filter(({ outcome }) => outcome.kind === "unknown").length,
    longestGapMs: longestGap(writes),
    slowestAnswerMs: Math.max(0, ...answered),
  };
}

function longestGap(writes: readonly Entry[]): number {
  const times = writes
    .flatMap(({ attempts }) => attempts.filter(({ outcome }) => outcome.kind === "acknowledged"))
    .flatMap(({ endedAt }) => (endedAt === null ? [] : [endedAt]))
    .sort((a, b) => a - b);
  return times.reduce((longest, time, index) => Math.max(longest, time - (times[index - 1] ?? time)), 0);
}

/** How many writes were sent but not yet answered at these times, in total. */
export function pendingWritesAt(journal: readonly Entry[], times: readonly number[]): number {
  const attempts = journal.filter(({ method }) => method !== "GET").flatMap((entry) => entry.attempts);
  const inFlight = (time: number) =>
    attempts.filter(({ startedAt, endedAt }) => startedAt < time && (endedAt === null || endedAt > time)).length;
  return times.reduce((sum, time) => sum + inFlight(time), 0);
}
