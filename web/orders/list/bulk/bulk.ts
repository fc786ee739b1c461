// Selecting orders and acting on several at once, with Undo and a report of what failed.
// Each order is a write of its own.
import type { ListedOrder } from "../paging/listed-order.ts";
import { type BulkAction, type Expected, expected, isReversible } from "./bulk-action.ts";
import { again, eachAtOnce, firstStep, readVersion, revert, type Step, writeStep } from "./bulk-job.ts";

/** One running bulk action. */
export interface Job {
  readonly id: number;
  readonly action: BulkAction;
  readonly steps: readonly Step[];
  /** `waiting`: nothing is written yet, it can still be called off. */
  readonly phase: "waiting" | "running" | "finished";
  /** What was written is being taken back, or was. */
  readonly isUndone: boolean;
}

export interface BulkState {
  readonly jobs: readonly Job[];
  /** The orders as they will be, shown until the list has been read again. */
  readonly expected: ReadonlyMap<number, Expected>;
}

/** A little longer than Undo is shown. */
const undoMs = 8200;

/**
 * Bulk actions outlive the page that started them: opening an order while they run loses nothing, and what was written
 * can be taken back as long as the window is open. What the API cannot take back is written when the time for Undo is
 * over, or when the window is closed.
 */
class BulkJobs {
  readonly #listeners = new Set<() => void>();
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #writing = new Map<number, Promise<void>>();
  #count = 0;
  #state: BulkState = { jobs: [], expected: new Map() };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): BulkState => this.#state;

  /**
   * Starts an action and shows its result at once. What can be taken back is written at once; anything else only when
   * the time for Undo is over, which begins when it is known which orders can be changed: `checked` tells how many.
   */
  start(
    action: BulkAction,
    orders: readonly ListedOrder[],
  ): { readonly id: number; readonly checked: Promise<number> } {
    this.#count += 1;
    const id = this.#count;
    const steps = orders.map((order) => firstStep(action, order));
    const phase = isReversible(action) ? ("running" as const) : ("waiting" as const);
    this.#set({ jobs: [...this.#state.jobs, { id, action, steps, phase, isUndone: false }] });
    this.#expect(steps.filter(isOpen).map(({ order }) => expected(action, order)));
    const reading = this.#each(id, (step) => readVersion(action, step));
    if (isReversible(action))
      this.#writing.set(
        id,
        reading.then(() => this.#write(id)),
      );
    return { id, checked: reading.then(() => (isReversible(action) ? this.#open(id).length : this.#wait(id))) };
  }

  /** Leaves the time for Undo. Returns how many orders are waiting. */
  #wait(id: number): number {
    const { length } = this.#open(id);
    if (length === 0) this.#finish(id);
    else
      this.#timers.set(
        id,
        setTimeout(() => void this.#write(id), undoMs),
      );
    return length;
  }

  /** Calls off what is not written yet, and takes back what is. */
  async undo(id: number): Promise<void> {
    const { phase, isUndone } = this.#job(id) ?? { phase: "finished", isUndone: true };
    if (isUndone) return;
    if (phase === "waiting") return this.#callOff(id);
    this.#replace(id, { isUndone: true });
    await this.#writing.get(id);
    const steps = this.#job(id)?.steps.filter(({ state }) => state === "done") ?? [];
    this.#replace(id, { steps: steps.map((step) => ({ ...step, state: "open" })) });
    await this.#revert(id);
  }

  /** Retries what failed. */
  async retry(id: number): Promise<void> {
    const job = this.#job(id);
    if (job === undefined) return;
    const { action } = job;
    const failed = job.steps.filter(({ state }) => state === "failed");
    if (job.isUndone) {
      for (const step of failed) this.#put(id, { ...step, state: "open", why: null });
      return this.#revert(id);
    }
    for (const step of failed) this.#put(id, await again(action, step));
    this.#expect(this.#open(id).map(({ order }) => expected(action, order)));
    await this.#write(id);
  }

  /** Closes a report. */
  dismiss(id: number): void {
    this.#set({ jobs: this.#state.jobs.filter((job) => job.id !== id) });
  }

  /** The list was read again and shows what was written. */
  settle(): void {
    const waiting = this.#state.jobs.filter(({ phase }) => phase !== "finished").flatMap(({ steps }) => steps);
    const open = new Set(waiting.map(({ order }) => order.id));
    const left = [...this.#state.expected].filter(([id]) => open.has(id));
    if (left.length < this.#state.expected.size) this.#set({ expected: new Map(left) });
  }

  /** Before the window closes: what was waiting for Undo is written now. */
  readonly hurry = (): void => {
    for (const id of this.#timers.keys()) {
      const job = this.#job(id);
      this.#stopTimer(id);
      if (job === undefined) continue;
      for (const step of this.#open(id)) if (step.etag !== null) void writeStep(job.action, step, true);
      this.dismiss(id);
    }
  };

  async #write(id: number): Promise<void> {
    const job = this.#job(id);
    if (job === undefined) return;
    this.#timers.delete(id);
    this.#replace(id, { phase: "running" });
    await this.#each(id, (step) => writeStep(job.action, step));
    this.#finish(id);
  }

  async #revert(id: number): Promise<void> {
    const job = this.#job(id);
    if (job === undefined) return;
    this.#replace(id, { phase: "running" });
    this.#forget(job.steps);
    await this.#each(id, (step) => revert(job.action, step));
    this.#finish(id);
  }

  #callOff(id: number): void {
    this.#stopTimer(id);
    this.#forget(this.#job(id)?.steps ?? []);
    this.dismiss(id);
  }

  /** Reports stay where something failed or can be taken back. */
  #finish(id: number): void {
    this.#replace(id, { phase: "finished" });
    const job = this.#job(id);
    if (job?.steps.every(({ state }) => state === "done") === true && !canUndo(job)) this.dismiss(id);
  }

  /** Runs a job on every open step, and reverts what was shown for those that fail. */
  async #each(id: number, act: (step: Step) => Promise<Step>): Promise<void> {
    await eachAtOnce(this.#open(id), async (step) => {
      const next = await act(step);
      this.#put(id, next);
      if (next.state === "failed") this.#forget([next]);
    });
  }

  #open(id: number): readonly Step[] {
    return this.#job(id)?.steps.filter(isOpen) ?? [];
  }

  #job(id: number): Job | undefined {
    return this.#state.jobs.find((job) => job.id === id);
  }

  #put(id: number, next: Step): void {
    const steps = this.#job(id)?.steps.map((step) => (step.order.id === next.order.id ? next : step));
    if (steps !== undefined) this.#replace(id, { steps });
  }

  #replace(id: number, change: Partial<Job>): void {
    this.#set({ jobs: this.#state.jobs.map((job) => (job.id === id ? { ...job, ...change } : job)) });
  }

  #expect(all: readonly Expected[]): void {
    const next = new Map(this.#state.expected);
    for (const one of all) next.set(one.order.id, one);
    this.#set({ expected: next });
  }

  #forget(steps: readonly Step[]): void {
    const next = new Map(this.#state.expected);
    for (const { order } of steps) next.delete(order.id);
    this.#set({ expected: next });
  }

  #stopTimer(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  #set(change: Partial<BulkState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Whether there is something that can be taken back. */
export function canUndo({ action, steps, isUndone }: Job): boolean {
  return isReversible(action) && !isUndone && steps.some(({ state }) => state !== "failed");
}

function isOpen({ state }: Step): boolean {
  return state === "open";
}

export const bulkJobs = new BulkJobs();
if (typeof window !== "undefined") window.addEventListener("pagehide", bulkJobs.hurry);
