import { MigrationError } from "./error.ts";
import type { MigrationStep } from "./files.ts";

/** A step as the database has recorded it. */
export interface RecordedStep {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
  /** The step was found done in a database that was taken over. */
  readonly adopted: boolean;
}

/** What one migration did. */
export interface MigrationOutcome {
  /** The last finished step before, 0 for a new or a just taken-over database. */
  readonly from: number;
  /** The last finished step now: always the last of the folder. */
  readonly to: number;
  /** The names of the steps that ran, in order; a step taken over did not run. */
  readonly applied: readonly string[];
  /** The database was not made by this program but taken over, now or in an earlier run. */
  readonly adopted: boolean;
}

/** Told before and after each statement of a step, and while waiting for another process. */
export type MigrationProgress =
  | { readonly phase: "waiting" }
  | {
      readonly phase: "begin" | "done";
      readonly step: string;
      /** The statement's number within the step, from 1, and how many there are. */
      readonly statement: number;
      readonly statements: number;
    };

/** What both engines' runners take. */
export interface MigrationOptions {
  /** The folder of numbered steps for this engine. */
  readonly folder: string;
  /** Called before and after each statement; what it throws stops the migration there. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** How long to wait for another process that migrates. Default 10 minutes. */
  readonly lockTimeoutMs?: number | undefined;
}

export const defaultLockTimeoutMs = 600_000;

/** The steps still to do. Refuses what would make a mess: unknown steps, and done steps whose file has changed. */
export function pendingSteps(steps: readonly MigrationStep[], recorded: readonly RecordedStep[]): MigrationStep[] {
  const last = steps[steps.length - 1]?.version ?? 0;
  const newest = Math.max(0, ...recorded.map((record) => record.version));
  if (newest > last)
    throw new MigrationError(
      "newer-database",
      `The database is at step ${newest}, but this program knows only ${last}: start the newer program that wrote it.`,
    );
  const done = new Map(recorded.filter((record) => record.finished).map((record) => [record.version, record]));
  for (const step of steps) {
    const record = done.get(step.version);
    if (record === undefined || record.checksum === step.checksum) continue;
    throw new MigrationError(
      "changed-step",
      `Step ${step.name} was changed after the database had done it: restore the file, and put the change into a new step.`,
    );
  }
  return steps.filter((step) => !done.has(step.version));
}

/** The outcome of a run that found `before` and did `applied`. */
export function outcomeOf(
  steps: readonly MigrationStep[],
  before: readonly RecordedStep[],
  after: readonly RecordedStep[],
  applied: readonly string[],
): MigrationOutcome {
  return {
    from: Math.max(0, ...before.filter((record) => record.finished).map((record) => record.version)),
    to: steps[steps.length - 1]?.version ?? 0,
    applied,
    adopted: after.some((record) => record.adopted),
  };
}

/** The refusal of a database that is not empty and not ours. */
export function somethingElse(tables: readonly string[], reasons: readonly string[]): MigrationError {
  const shown = tables.slice(0, 5).join(", ") + (tables.length > 5 ? ", ..." : "");
  const why = reasons.length === 0 ? "it holds other tables" : reasons.slice(0, 20).join("\n  - ");
  return new MigrationError(
    "something-else",
    reasons.length === 0
      ? `The database is not empty and not one of this program's (${shown}): ${why}. Nothing was changed.`
      : `The database (${shown}) cannot be taken over. Nothing was changed. The reasons:\n  - ${why}`,
  );
}

/** The refusal of a statement by the engine, with the place in the file, and the cure where one is known. */
export function statementFailed(step: MigrationStep, line: number, error: unknown, cure = ""): MigrationError {
  const message = error instanceof Error ? error.message : String(error);
  return new MigrationError("failed", `${step.path}:${line}: ${message}${cure}`, { cause: error });
}
