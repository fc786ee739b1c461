// The steps of a schema, carried out on a copy of a database: how long each takes, and what becomes of the rows.
// `sqlite.ts` and `mariadb.ts` make the copy and remove it; `run.ts` carries out the steps.
import type { DatabasePlace } from "../copy/index.ts";
import type { Pending } from "../migrations/plan.ts";
import type { Trial } from "./trial.ts";

export { runTrial, type StepTime, type TrialOutcome } from "./run.ts";
export { type Trial, TrialError } from "./trial.ts";

/** The steps that a database still needs. Changes nothing, and refuses a database that is newer or foreign. */
export async function pendingOn(place: DatabasePlace, folder: string): Promise<Pending> {
  if (place.engine === "sqlite") return (await import("./sqlite.ts")).pendingInFile(place.path, folder);
  return (await import("./mariadb.ts")).pendingOnServer(place.server, folder);
}

/**
 * Copies a database as it is at this moment, while others go on writing. `copy` is the path of a new file, or the name
 * of a new database on the same server; what an earlier trial has left there is removed. `tables` are the names of
 * those to be copied on MariaDB, in lower case.
 */
export async function openTrial(place: DatabasePlace, copy: string, tables: ReadonlySet<string>): Promise<Trial> {
  if (place.engine === "sqlite") return (await import("./sqlite.ts")).openSqliteTrial(place.path, copy);
  return (await import("./mariadb.ts")).openMariadbTrial(place.server, copy, tables);
}
