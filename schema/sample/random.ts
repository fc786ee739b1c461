/**
 * A small seeded generator (xoshiro128**) that only uses 32-bit integers, so that the same seed gives the same rows on
 * every machine and for every engine.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  constructor(seed: number) {
    let state = seed | 0;
    const next = () => {
      // splitmix32 spreads similar seeds far apart.
      state = (state + 0x9e3779b9) | 0;
      let mixed = state ^ (state >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      return mixed ^ (mixed >>> 15);
    };
    this.#a = next();
    this.#b = next();
    this.#c = next();
    this.#d = next() | 1;
  }

  /** An integer from 0 to `bound - 1`. */
  below(bound: number): number {
    return this.#next() % bound;
  }

  /** An integer from `from` to `to`, both included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  /** One of `count` members from `first` on, the earlier ones more often: some customers order more than others. */
  favoured<T>(list: readonly T[], first = 0, count = list.length): T {
    const bound = Math.min(count, list.length - first);
    return at(list, first + Math.min(this.below(bound), this.below(bound)));
  }

  pick<T>(list: readonly T[]): T {
    return at(list, this.below(list.length));
  }

  #next(): number {
    const times5 = Math.imul(this.#b, 5);
    const result = Math.imul((times5 << 7) | (times5 >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }
}

function at<T>(list: readonly T[], index: number): T {
  const one = list[index];
  if (one === undefined) throw new RangeError("nothing to pick from");
  return one;
}
