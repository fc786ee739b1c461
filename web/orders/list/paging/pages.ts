// Fetching the rows: blocks of rows, cached and requested where the list is visible. The API's anchors say where each
// block begins, so that any depth costs one request; without them the list is read block by block.
import { read } from "../../../api/browser.ts";
import { type ApiError, unreachable } from "../../../api/reply.ts";
import type { Order } from "../../../api/types.ts";
import { type Anchors, BlockStore } from "./block-store.ts";
import { runsOf } from "./blocks.ts";
import { type ListedOrder, listedOrder, listInclude } from "./listed-order.ts";

/** The number of first rows, on the server and in the browser. */
export interface Head {
  readonly rows: readonly ListedOrder[];
  readonly hasMore: boolean;
}

/** What the page shows of a list, created anew with every change. */
export interface ListState {
  /** The number of rows that are known to exist. */
  readonly total: number;
  /** Whether that is all of them. */
  readonly isCounted: boolean;
  /** The first rows are still loading. */
  readonly isOpening: boolean;
  /** A visible row has been missing for long enough to be noticed. */
  readonly isSlow: boolean;
  readonly issue: ApiError | null;
  readonly loadedAt: number | null;
  readonly rowAt: (index: number) => ListedOrder | null;
  readonly loadedRows: () => ReadonlyMap<number, ListedOrder>;
}

/** A running request, and the blocks of rows that it fetches. */
interface Running {
  readonly request: AbortController;
  readonly blocks: readonly number[];
}

export const headRows = 40;
const slowMs = 300;
/** While the scroll bar is dragged, not every depth it passes is requested. */
const dragMs = 50;
const aheadMs = 250;
const retryMs = 4000;
/** After a count that was too slow, the API is asked again this soon. */
const countAgainMs = 1000;
const mostCounts = 10;

/** The rows of one list, as far as they are here, and the requests for those that are visible. */
export class OrderPages {
  readonly #listeners = new Set<() => void>();
  readonly #running = new Map<string, Running>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  #head: Head | null;
  #total: number | null;
  #store = BlockStore.chained();
  /** What was shown before the rows were requested again: better than nothing until they are here. */
  #old: BlockStore | null = null;
  #hasAnchors = false;
  /** How often the anchors were requested in vain. */
  #counts = 0;
  #issue: ApiError | null = null;
  #isSlow = false;
  #loadedAt: number | null = null;
  #window = { first: 0, end: headRows };
  #state: ListState;

  /** `params` are the API's: filters and sort. `total` is the number of rows, where that is known already. */
  constructor(
    readonly params: string,
    head: Head | null,
    total: number | null,
    /** The list that is shown until this one has its first rows. */
    public before: OrderPages | null,
  ) {
    this.#head = head;
    this.#total = head?.hasMore === false ? head.rows.length : total;
    this.#state = this.#stateNow();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): ListState => this.#state;

  /** What to show: this list, or the one before it. */
  get shown(): OrderPages | null {
    return this.#head === null ? this.before : this;
  }

  /** Requests what is missing: the first rows, and the anchors when there are more rows than those. */
  start(): void {
    if (this.#head === null) void this.#loadHead();
    if (this.#head?.hasMore !== false && !this.#hasAnchors) void this.#loadAnchors();
    this.#pump();
  }

  /** The list is no longer shown: nothing is requested until the next `start`. */
  stop(): void {
    for (const { request } of this.#running.values()) request.abort();
    this.#running.clear();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  /** Sets the visible rows. Requests for others are cancelled. */
  show(first: number, end: number): void {
    this.#window = { first, end };
    this.#pump();
  }

  /** Requests everything again; what is shown stays until the answer is here. */
  readonly refresh = (): void => {
    this.stop();
    void this.#loadHead();
    void this.#loadAnchors();
  };

  async #loadHead(): Promise<void> {
    const page = await this.#ask<readonly Order[]>("head", `/api/orders?${this.#query(headRows, null)}`);
    if (page === null) return;
    this.#head = { rows: page.data.map(listedOrder), hasMore: page.page?.next_cursor != null };
    this.before = null;
    if (!this.#head.hasMore) this.#total = this.#head.rows.length;
    this.#pump();
    this.#tell();
  }

  async #loadAnchors(): Promise<void> {
    this.#counts += 1;
    const found = await this.#ask<Anchors>("anchors", `/api/orders/anchors?${this.params}`);
    if (found === null) {
      // Counting can take too long for a search in very many orders: the list does without.
      if (this.#issue !== null && !this.#hasAnchors) this.#total = null;
      return;
    }
    this.#old = this.#store;
    this.#store = BlockStore.anchored(found.data);
    this.#hasAnchors = true;
    this.#counts = 0;
    // Anchors may be some seconds old; a list that ends with its first rows needs no counting.
    if (this.#head?.hasMore !== false) this.#total = found.data.total;
    this.#giveUp(() => true);
    this.#pump();
    this.#tell();
  }

  /** Reads neighbouring blocks with one request. */
  async #loadRun(blocks: readonly number[]): Promise<void> {
    const [store, first] = [this.#store, blocks[0] ?? 0];
    const { cursor, skip } = store.placeOf(first);
    const path = `/api/orders?${this.#query(blocks.length * store.size, cursor)}${skip === 0 ? "" : `&skip=${skip}`}`;
    const page = await this.#ask<readonly Order[]>(`block ${first}`, path, blocks);
    if (page === null || store !== this.#store) return;
    const next = page.page?.next_cursor ?? null;
    store.store(blocks, page.data.map(listedOrder), next);
    if (next === null && !this.#hasAnchors) this.#total = first * store.size + page.data.length;
    this.#pump();
    this.#tell();
  }

  #query(limit: number, cursor: string | null): string {
    const query = `${this.params}&${listInclude}&limit=${limit}`;
    return cursor === null ? query : `${query}&cursor=${cursor}`;
  }

  /** One request under a name. Null when it was cancelled or refused; a refusal is stored as the error. */
  async #ask<T>(name: string, path: string, blocks: readonly number[] = []) {
    this.#running.get(name)?.request.abort();
    const request = new AbortController();
    this.#running.set(name, { request, blocks });
    const reply = await read<T>(path, request.signal);
    if (request.signal.aborted) return null;
    this.#running.delete(name);
    if (reply.ok) {
      this.#issue = null;
      this.#loadedAt = Date.now();
      return reply;
    }
    this.#refused(name, reply);
    return null;
  }

  #refused(name: string, error: ApiError): void {
    if (name === "anchors" && error.status === 503 && this.#counts < mostCounts)
      this.#later("count", countAgainMs, () => void this.#loadAnchors());
    // The list works without the anchors; only an API that cannot be reached is worth a message.
    if (name !== "anchors" || error.status === 0) this.#issue = error;
    if (error.code === unreachable().code) this.#later("retry", retryMs, this.retry);
    this.#tell();
  }

  /** Requests what was refused again. */
  readonly retry = (): void => {
    this.#issue = null;
    this.start();
    this.#tell();
  };

  /** Requests the missing blocks of the window, and cancels requests for others. */
  #pump(): void {
    const missing = this.#missing();
    this.#watchSlowness(missing.length > 0 || this.#head === null);
    const wanted = new Set(missing.map((block) => this.#store.wayTo(block)));
    const gaveUp = this.#giveUp((block) => !wanted.has(block));
    if ((gaveUp && missing.length > 0) || this.#timers.has("drag")) {
      this.#later("drag", dragMs, () => this.#pump(), "once");
      return;
    }
    this.#loadBlocks(missing);
    // Blocks that will probably be visible next wait until the window rests.
    this.#later("ahead", aheadMs, () => this.#loadBlocks(this.#around().slice(0, 1)));
  }

  #loadBlocks(blocks: readonly number[]): void {
    if (this.#issue !== null) return;
    const store = this.#store;
    const running = new Set([...this.#running.values()].flatMap((each) => each.blocks));
    const ways = new Set(blocks.map((block) => store.wayTo(block)).filter((block) => block !== null));
    for (const run of runsOf(
      [...ways].filter((block) => !running.has(block)),
      store.mostBlocks,
    ))
      void this.#loadRun(run);
  }

  /** The missing blocks next to the window; none until the anchors are known. */
  #around(): readonly number[] {
    const { first, end } = this.#window;
    const rows = end - first;
    if (this.#running.has("anchors")) return [];
    return this.#store.missing(first - rows, end + rows, this.#total ?? end);
  }

  /** The missing blocks of the window. */
  #missing(): readonly number[] {
    const { first, end } = this.#window;
    const here = this.#head?.rows.length ?? headRows;
    return end <= here ? [] : this.#store.missing(first, end, this.#total ?? end);
  }

  /** Cancels the requests whose blocks are all no longer wanted. */
  #giveUp(isUnwanted: (block: number) => boolean): boolean {
    const given = [...this.#running].filter(([, { blocks }]) => blocks.length > 0 && blocks.every(isUnwanted));
    for (const [name, { request }] of given) {
      request.abort();
      this.#running.delete(name);
    }
    return given.length > 0;
  }

  #watchSlowness(isWaiting: boolean): void {
    const turn = (isSlow: boolean) => {
      if (this.#isSlow === isSlow) return;
      this.#isSlow = isSlow;
      this.#tell();
    };
    if (isWaiting) {
      this.#later("slow", slowMs, () => turn(true), "once");
      return;
    }
    clearTimeout(this.#timers.get("slow"));
    this.#timers.delete("slow");
    turn(false);
  }

  /** Runs something later; with `once` a running timer is left alone instead of restarted. */
  #later(name: string, ms: number, act: () => void, start: "once" | "anew" = "anew"): void {
    if (start === "once" && this.#timers.has(name)) return;
    clearTimeout(this.#timers.get(name));
    const fire = () => {
      this.#timers.delete(name);
      act();
    };
    this.#timers.set(name, setTimeout(fire, ms));
  }

  #stateNow(): ListState {
    const [head, store, old] = [this.#head?.rows ?? [], this.#store, this.#old];
    const atLeast = this.#head?.hasMore === true ? Math.max(head.length + 1, store.reach) : head.length;
    return {
      total: this.#total ?? atLeast,
      isCounted: this.#total !== null,
      isOpening: this.#head === null,
      isSlow: this.#isSlow,
      issue: this.#issue,
      loadedAt: this.#loadedAt,
      rowAt: (index) => store.rowAt(index) ?? head[index] ?? old?.rowAt(index) ?? null,
      loadedRows: () => new Map([...head.entries(), ...store.rows()]),
    };
  }

  #tell(): void {
    this.#state = this.#stateNow();
    for (const listener of this.#listeners) listener();
  }
}
