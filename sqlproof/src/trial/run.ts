import type { MigrationProgress } from "../migrations/plan.ts";
import type { Trial } from "./trial.ts";

export interface StepTime {
  readonly name: string;
  readonly ms: number;
}

export interface TrialOutcome {
  readonly steps: readonly StepTime[];
  readonly before: ReadonlyMap<string, number>;
  readonly after: ReadonlyMap<string, number>;
  /** What the database took on the disk before, and at most so far as that was seen between two statements. */
  readonly bytes: { readonly before: number; readonly most: number };
}

/** Carries out the steps of a folder on the copy. Throws what the migration throws. */
export async function runTrial(trial: Trial, folder: string, onStep?: (step: StepTime) => void): Promise<TrialOutcome> {
  const before = await trial.counts();
  const bytes = await trial.bytes();
  const times = new StepTimes(onStep);
  await migrate(trial, folder, (event) => times.at(event));
  times.end();
  return {
    steps: times.steps,
    before,
    after: await trial.counts(),
    bytes: { before: bytes, most: Math.max(bytes, await trial.bytes()) },
  };
}

async function migrate({ place }: Trial, folder: string, onProgress: (event: MigrationProgress) => void) {
  if (place.engine === "sqlite") {
    const { migrateSqlite } = await import("../migrations/sqlite.ts");
    return migrateSqlite({ database: place.path, folder, onProgress });
  }
  const { migrateMariadb } = await import("../migrations/mariadb.ts");
  return migrateMariadb({ server: place.server, folder, onProgress });
}

/** A step lasts until the next one begins: it is recorded, and committed, after its last statement. */
class StepTimes {
  readonly steps: StepTime[] = [];
  #name: string | null = null;
  #begunAt = 0;

  constructor(private readonly onStep: ((step: StepTime) => void) | undefined) {}

  at(event: MigrationProgress): void {
    if (event.phase !== "begin" || event.step === this.#name) return;
    this.end();
    this.#name = event.step;
    this.#begunAt = performance.now();
  }

  end(): void {
    if (this.#name === null) return;
    const step = { name: this.#name, ms: performance.now() - this.#begunAt };
    this.#name = null;
    this.steps.push(step);
    this.onStep?.(step);
  }
}
