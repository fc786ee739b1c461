/** Rows are fetched in blocks: block n holds the rows from n x size on. */
export function blocksOf(first: number, end: number, size: number, total: number): readonly number[] {
  const blocks: number[] = [];
  const last = Math.min(end, total);
  for (let block = Math.floor(Math.max(0, first) / size); block * size < last; block += 1) blocks.push(block);
  return blocks;
}

/** Groups neighbouring blocks into runs of limited length: one request fetches a whole run. */
export function runsOf(blocks: readonly number[], most: number): readonly (readonly number[])[] {
  const runs: number[][] = [];
  for (const block of [...blocks].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && run.length < most && run.at(-1) === block - 1) run.push(block);
    else runs.push([block]);
  }
  return runs;
}

/** A map that evicts what was used least recently. */
export class RecentMap<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(readonly size: number) {}

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.size) return;
      this.#entries.delete(oldest);
    }
  }

  /** The value, without counting as a use. */
  peek(key: K): V | undefined {
    return this.#entries.get(key);
  }

  has(key: K): boolean {
    return this.#entries.has(key);
  }

  entries(): IterableIterator<[K, V]> {
    return this.#entries.entries();
  }
}
