import { blocksOf, RecentMap } from "./blocks.ts";
import type { ListedOrder } from "./listed-order.ts";

/** Where every block of a list begins, as the API counted it. */
export interface Anchors {
  readonly total: number;
  readonly every: number;
  /** `anchors[i]` is the cursor to the rows from i x every on; null is the list's beginning. */
  readonly anchors: readonly (string | null)[];
}

const blocksKept = 120;
const chainedRows = 100;
/** A little more than a screen of rows: what a jump waits for. */
const blockRows = 50;
/** The largest page of the API, in rows. */
const mostRows = 1000;
/** The most rows that the API skips after an anchor. */
const mostSkipped = 999;
/** A block without a cursor is reached by reading at most this many blocks before it. */
const mostSteps = 4;

/** Rows of a list by blocks of one size, and the cursor of every block that is known. */
export class BlockStore {
  readonly #blocks = new RecentMap<number, readonly ListedOrder[]>(blocksKept);
  readonly #cursors: Map<number, string | null>;

  private constructor(
    readonly size: number,
    cursors: readonly (readonly [block: number, cursor: string | null])[],
    private readonly mostSkipped = 0,
  ) {
    this.#cursors = new Map(cursors);
  }

  /** A list of which only the beginning is known: each block leads to the next. */
  static chained(): BlockStore {
    return new BlockStore(chainedRows, [[0, null]]);
  }

  static anchored({ every, anchors }: Anchors): BlockStore {
    // From an anchor every row up to the next one can be requested directly, unless they are too far apart.
    const isNear = every % blockRows === 0 && every - blockRows <= mostSkipped;
    const size = isNear ? blockRows : Math.min(every, mostRows);
    const apart = every / size;
    return new BlockStore(
      size,
      anchors.map((cursor, place) => [place * apart, cursor] as const),
      isNear ? mostSkipped : 0,
    );
  }

  /** The most neighbouring blocks that one request can fetch. */
  get mostBlocks(): number {
    return Math.max(1, Math.floor(mostRows / this.size));
  }

  /** The rows that certainly exist when they are not counted: each known cursor leads to at least one. */
  get reach(): number {
    const last = Math.max(...this.#cursors.keys());
    return last * this.size + (this.#blocks.peek(last)?.length ?? 1);
  }

  rowAt(index: number): ListedOrder | null {
    return this.#blocks.peek(Math.floor(index / this.size))?.[index % this.size] ?? null;
  }

  rows(): readonly (readonly [index: number, order: ListedOrder])[] {
    return [...this.#blocks.entries()].flatMap(([block, rows]) =>
      rows.map((row, place) => [block * this.size + place, row] as const),
    );
  }

  /** Where a block begins: a number of rows after a cursor. Only for a block that `wayTo` has returned. */
  placeOf(block: number): { readonly cursor: string | null; readonly skip: number } {
    let known = block;
    while (known > 0 && !this.#cursors.has(known)) known -= 1;
    return { cursor: this.#cursors.get(known) ?? null, skip: (block - known) * this.size };
  }

  /** Stores the rows of neighbouring blocks, and where the next one begins. */
  store(blocks: readonly number[], rows: readonly ListedOrder[], nextCursor: string | null): void {
    for (const [place, block] of blocks.entries())
      this.#blocks.set(block, rows.slice(place * this.size, (place + 1) * this.size));
    const next = (blocks.at(-1) ?? 0) + 1;
    if (nextCursor !== null && !this.#cursors.has(next)) this.#cursors.set(next, nextCursor);
  }

  /** The missing blocks of the rows from `first` to before `end`. Blocks that are here count as used. */
  missing(first: number, end: number, total: number): readonly number[] {
    return blocksOf(first, end, this.size, total).filter((block) => this.#blocks.get(block) === undefined);
  }

  /** The block to request to get to `block`: itself, or the nearest before it whose cursor is known. */
  wayTo(block: number): number | null {
    const steps = Math.max(mostSteps, Math.floor(this.mostSkipped / this.size));
    for (let step = block; step >= Math.max(0, block - steps); step -= 1)
      if (this.#cursors.has(step)) return (block - step) * this.size <= this.mostSkipped ? block : step;
    return null;
  }
}
