import { copyFileSync, existsSync } from "node:fs";
import { DatabaseError, type DatabaseErrorKind } from "sqlproof";

/** What can happen at a point: an error, no answer ever, or the end of the process. */
export const failures = ["unavailable", "conflict", "lock-timeout", "storage-full", "other", "hang", "kill"] as const;
export type Failure = (typeof failures)[number];

/** One fault: a failure at the `point`-th wait for the database, before or after the database has done its work. */
export interface Fault {
  readonly point: number;
  readonly when: "before" | "after";
  readonly failure: Failure;
}

/** Every wait for the database is a point. COMMIT has two: a COMMIT that is lost on its way has not happened. */
export class Script {
  #points = 0;
  /** False during the requests of a bystander, and once the fault is over. */
  active = true;
  /** What the program waited for, in order. */
  readonly names: string[] = [];
  /** Where the files were copied when the process was "killed"; null if it was not. */
  killedInto: string | null = null;

  constructor(
    private readonly faults: readonly Fault[],
    private readonly path: string,
  ) {}

  /** Does the work that the program waits for, with the fault planned for this point. */
  async pass<T>(name: string, work: () => Promise<T>): Promise<T> {
    const fault = this.#next(name);
    if (fault?.when === "before") await this.#strike(fault.failure);
    const result = await work();
    if (fault?.when === "after") await this.#strike(fault.failure);
    return result;
  }

  /** The point after a COMMIT was carried out. An error here leaves open whether it was. */
  async committed(): Promise<void> {
    const fault = this.#next("COMMIT done");
    if (fault !== undefined)
      await this.#strike(fault.failure === "hang" || fault.failure === "kill" ? fault.failure : "lost");
  }

  #next(name: string): Fault | undefined {
    if (!this.active) return undefined;
    this.#points += 1;
    this.names.push(name);
    return this.faults.find(({ point }) => point === this.#points);
  }

  async #strike(failure: Failure | "lost"): Promise<void> {
    if (failure === "hang") await new Promise(() => {});
    if (failure === "kill") this.#kill();
    const kind: DatabaseErrorKind =
      failure === "lost" ? "unknown-outcome" : failure === "kill" || failure === "hang" ? "other" : failure;
    throw new DatabaseError(kind, `planned: ${failure}`);
  }

  /** Copies the files as they are now, as a killed process leaves them; nothing that it does later counts. */
  #kill(): void {
    if (this.killedInto !== null) return;
    this.killedInto = `${this.path}.killed`;
    for (const part of ["", "-wal"])
      if (existsSync(this.path + part)) copyFileSync(this.path + part, this.killedInto + part);
  }
}
