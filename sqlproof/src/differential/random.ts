/** Pseudorandom numbers: the same seed and label give the same run on every machine. */
export class Random {
  #state: number;

  /** Labels keep the parts of a run independent: omitting one query changes nothing for the others. */
  constructor(
    private readonly seed: number,
    label = "",
  ) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
    for (const character of label) this.#state = Math.imul(this.#state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }

  fork(label: string): Random {
    return new Random(this.seed, label);
  }

  /** At least 0, less than 1 (the generator "mulberry32"). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** One of the items, which must not be empty. */
  pick<T>(items: readonly T[]): T {
    const found = this.maybe(items);
    if (found === undefined) throw new RangeError("nothing to pick from");
    return found;
  }

  maybe<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }
}
