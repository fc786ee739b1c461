import { copyFileSync, existsSync } from "node:fs";
import { DatabaseError, type DatabaseErrorKind } from "sqlproof";

/** What happens at a point: an error, silence for ever, or the end of the process. */
export const blows = ["unavailable", "conflict", "lock-timeout", "storage-full", "other", "hang", "kill"] as const;
export type Blow = (typeof blows)[number];

/** One fault: at the `point`-th time that the program waits for the database, before or after what it waits for was done. */
export interface Fault {
  readonly point: number;
  readonly when: "before" | "after";
  readonly blow: Blow;
}

/** Every wait for the database is a point. COMMIT has two: what is lost on the way there did not happen. */
export class Script {
  #points = 0;
  /** False while somebody else's requests pass by, and when the fault is over. */
  active = true;
  /** What was waited for, in order. */
  readonly names: string[] = [];
  /** Where the files were copied when the process was "killed"; null when it was not. */
  killedInto: string | null = null;

  constructor(
    private readonly faults: readonly Fault[],
    private readonly path: string,
  ) {}

  /** What is about to be waited for, with the fault that strikes there. */
  async pass<T>(name: string, work: () => Promise<T>): Promise<T> {
    const fault = this.#next(name);
    if (fault?.when === "before") await this.#strike(fault.blow);
    const result = await work();
    if (fault?.when === "after") await this.#strike(fault.blow);
    return result;
  }

  /** The answer to a COMMIT that was carried out: an error here leaves it open whether it was. */
  async committed(): Promise<void> {
    const fault = this.#next("COMMIT done");
    if (fault !== undefined) await this.#strike(fault.blow === "hang" || fault.blow === "kill" ? fault.blow : "lost");
  }

  #next(name: string): Fault | undefined {
    if (!this.active) return undefined;
    this.#points += 1;
    this.names.push(name);
    return this.faults.find(({ point }) => point === this.#points);
  }

  async #strike(blow: Blow | "lost"): Promise<void> {
    if (blow === "hang") await new Promise(() => {});
    if (blow === "kill") this.#kill();
    const kind: DatabaseErrorKind =
      blow === "lost" ? "unknown-outcome" : blow === "kill" || blow === "hang" ? "other" : blow;
    throw new DatabaseError(kind, `planned: ${blow}`);
  }

  /** The files as they are at this moment are what a killed process leaves behind; what it does later is of no account. */
  #kill(): void {
    if (this.killedInto !== null) return;
    this.killedInto = `${this.path}.killed`;
    for (const part of ["", "-wal"])
      if (existsSync(this.path + part)) copyFileSync(this.path + part, this.killedInto + part);
  }
}
