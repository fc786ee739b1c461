/**
 * Counts values by size. A value costs a few comparisons and two additions, so it may be counted in every request; the
 * text is made when somebody reads it.
 */
export class Histogram {
  /** How many values were at most the bound of the same place and more than the one before; last, those above all. */
  readonly counts: Float64Array;
  sum = 0;

  /** `bounds` ascend, and most values should be below the first few. */
  constructor(readonly bounds: readonly number[]) {
    this.counts = new Float64Array(bounds.length + 1);
  }

  add(value: number): void {
    const { bounds, counts } = this;
    let place = 0;
    while (place < bounds.length && value > (bounds[place] ?? 0)) place += 1;
    counts[place] = (counts[place] ?? 0) + 1;
    this.sum += value;
  }
}

/** Bounds of times, in seconds, around the deadline of 4.5 s and the few milliseconds that most requests take. */
export const timeBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] as const;

/** Bounds of how many writes share a transaction. */
export const sizeBounds = [1, 2, 4, 8, 16, 32, 64, 128] as const;
