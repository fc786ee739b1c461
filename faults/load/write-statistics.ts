import type { Entry } from "./journal.ts";

/** What the clients lived through, to publish beside the zeros. */
export interface Census {
  readonly acknowledged: number;
  readonly refused: number;
  readonly unknown: number;
  readonly attemptsWithoutAnswer: number;
  /** The longest time in which no write was acknowledged. */
  readonly longestGapMs: number;
  /** The longest time that one answer took. */
  readonly slowestAnswerMs: number;
}

export function censusOf(journal: readonly Entry[]): Census {
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

/** How many writes were sent and not yet answered at these moments. */
export function inFlightAt(journal: readonly Entry[], moments: readonly number[]): number {
  const attempts = journal.filter(({ method }) => method !== "GET").flatMap((entry) => entry.attempts);
  const isInFlight = (moment: number) =>
    attempts.filter(({ startedAt, endedAt }) => startedAt < moment && (endedAt === null || endedAt > moment)).length;
  return moments.reduce((sum, moment) => sum + isInFlight(moment), 0);
}
