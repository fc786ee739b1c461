import type { DifferenceKind } from "../find/kind.ts";

/** What a run has done so far. */
export interface Counts {
  generated: number;
  accepted: number;
  /** Accepted statements that took too long to compare. */
  notJudged: number;
  executed: number;
  rowsCompared: number;
  readonly kinds: Map<DifferenceKind, number>;
  readonly signatures: Map<string, number>;
}

export function noCounts(): Counts {
  return {
    generated: 0,
    accepted: 0,
    notJudged: 0,
    executed: 0,
    rowsCompared: 0,
    kinds: new Map(),
    signatures: new Map(),
  };
}

/** What several processes have done together. A difference that two of them found counts once, with both numbers. */
export function sumOf(all: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const { generated, accepted, notJudged, executed, rowsCompared, kinds, signatures } of all) {
    sum.generated += generated;
    sum.accepted += accepted;
    sum.notJudged += notJudged;
    sum.executed += executed;
    sum.rowsCompared += rowsCompared;
    for (const [kind, times] of kinds) count(sum.kinds, kind, times);
    for (const [signature, times] of signatures) count(sum.signatures, signature, times);
  }
  return sum;
}

export function count<K>(counts: Map<K, number>, key: K, times = 1): number {
  const next = (counts.get(key) ?? 0) + times;
  counts.set(key, next);
  return next;
}
