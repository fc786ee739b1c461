import { MigrationError } from "./error.ts";
import type { MigrationStep } from "./files.ts";

/** A step as the database has recorded it. */
export interface RecordedStep {
  readonly version: number;
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
  /** The step was found done in an adopted database. */
  readonly adopted: boolean;
}

/** The outcome of a migration. */
export interface MigrationOutcome {
  /** The last finished step before; 0 for a new or newly adopted database. */
  readonly from: number;
  /** The last finished step now, which is always the last of the folder. */
  readonly to: number;
  /** The names of the steps that ran, in order; adopted steps did not run. */
  readonly applied: readonly string[];
  /** The database was not created by this program but adopted, now or in an earlier run. */
  readonly adopted: boolean;
}

/** Reported before and after each statement of a step, and while waiting for another process. */
export type MigrationProgress =
  | { readonly phase: "waiting" }
  | {
      readonly phase: "begin" | "done";
      readonly step: string;
      /** The number of the statement within the step, from 1, and the number of statements. */
      readonly statement: number;
      readonly statements: number;
    };

/** The options for both engines. */
export interface MigrationOptions {
  /** The folder of numbered steps for this engine. */
  readonly folder: string;
  /** Steps after this one are left out, as if the folder did not have them. */
  readonly lastVersion?: number | undefined;
  /** MariaDB only: called before the first step in a database without tables; an exception stops the migration. */
  readonly beforeNew?: (() => Promise<void>) | undefined;
  /** Called once before the first step on a database that has had others before; an exception stops the migration. */
  readonly beforeSteps?: ((pending: readonly string[]) => Promise<void>) | undefined;
  /** Called before and after each statement; an exception stops the migration there. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** How long to wait for another process that is migrating. Default 10 minutes. */
  readonly lockTimeoutMs?: number | undefined;
}

export const defaultLockTimeoutMs = 600_000;

/** Recorded as a step while a database is being filled with copied rows, so that no program takes it for complete. */
export const unfinishedStep = { version: 9999, name: "unfinished_copy" } as const;

/** Recorded as a step when a database is being moved away, or was: its number is beyond all others. */
export const movedStep = 9998;
export const movingName = "is being moved to";
export const movedName = "was moved to";

/** Why no program may start on a database that is moved away. */
function movedAway({ name, checksum }: RecordedStep): MigrationError {
  const isDone = name.startsWith(movedName);
  // MariaDB has the place in the name.
  const place = checksum === "" ? name.slice(name.indexOf(": ") + 2) : checksum;
  return new MigrationError(
    "moved",
    `The database ${isDone ? movedName : movingName} ${place}: ${isDone ? "start the program there" : "run the move again to complete it"}, ` +
      "or take it back with move --give-up.",
  );
}

/** The steps still to run. Throws on unknown steps and on finished steps whose file has changed. */
export function pendingSteps(steps: readonly MigrationStep[], recorded: readonly RecordedStep[]): MigrationStep[] {
  const last = steps[steps.length - 1]?.version ?? 0;
  const newest = Math.max(0, ...recorded.map((record) => record.version));
  const moved = recorded.find(({ version }) => version === movedStep);
  if (moved !== undefined) throw movedAway(moved);
  if (recorded.some(({ name }) => name === unfinishedStep.name))
    throw new MigrationError(
      "unfinished",
      "The database is not complete: rows were being copied into it when the copying ended. Drop it, and begin anew.",
    );
  if (newest > last)
    throw new MigrationError(
      "newer-database",
      `The database is at step ${newest}, but this program only knows steps up to ${last}: start the newer program that wrote it.`,
    );
  const done = new Map(recorded.filter((record) => record.finished).map((record) => [record.version, record]));
  for (const step of steps) {
    const record = done.get(step.version);
    if (record === undefined || record.checksum === step.checksum) continue;
    throw new MigrationError(
      "changed-step",
      `Step ${step.name} was changed after it had run on this database: restore the file and put the change into a new step.`,
    );
  }
  return steps.filter((step) => !done.has(step.version));
}

/** What a database still needs, found without changing it. */
export interface Pending {
  /** The last finished step; 0 if nothing is recorded. */
  readonly from: number;
  readonly steps: readonly MigrationStep[];
  /** There is no table yet. */
  readonly isEmpty: boolean;
}

/** The outcome of a run that found the records `before` and ran the steps `applied`. */
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

/** The error for a foreign database that is not empty. */
export function somethingElse(tables: readonly string[], reasons: readonly string[]): MigrationError {
  const shown = tables.slice(0, 5).join(", ") + (tables.length > 5 ? ", ..." : "");
  const why = reasons.length === 0 ? "it holds other tables" : reasons.slice(0, 20).join("\n  - ");
  return new MigrationError(
    "something-else",
    reasons.length === 0
      ? `The database is not empty and does not belong to this program (${shown}): ${why}. Nothing was changed.`
      : `The database (${shown}) cannot be taken over. Nothing was changed. The reasons:\n  - ${why}`,
  );
}

/** The error for a failed statement, with its place in the file and the remedy where one is known. */
export function statementFailed(step: MigrationStep, line: number, error: unknown, remedy = ""): MigrationError {
  const message = error instanceof Error ? error.message : String(error);
  return new MigrationError("failed", `${step.path}:${line}: ${message}${remedy}`, { cause: error });
}
