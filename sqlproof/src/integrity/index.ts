// Whether a database is whole: its pages and indexes as the engine checks them, and every reference.
import type { DatabasePlace } from "../copy/copied-database.ts";
import type { SchemaSteps } from "./schema-steps.ts";

export type { SchemaSteps } from "./schema-steps.ts";

/** The indexes and triggers (on MariaDB the triggers) that the steps have made and that are gone, each as a sentence. */
export async function schemaProblems(place: DatabasePlace, steps: SchemaSteps): Promise<readonly string[]> {
  if (place.engine === "sqlite") {
    const { missingObjects } = await import("./sqlite.ts");
    return missingObjects(place.path, steps);
  }
  const { missingTriggers } = await import("./mariadb.ts");
  return missingTriggers(place.server, steps);
}

/** What is wrong with a database, each as a sentence; empty if nothing is. Changes nothing. Throws `DatabaseError`. */
export async function integrityProblems(place: DatabasePlace): Promise<readonly string[]> {
  if (place.engine === "sqlite") {
    const { sqliteProblems } = await import("./sqlite.ts");
    return sqliteProblems(place.path);
  }
  const { mariadbProblems } = await import("./mariadb.ts");
  return mariadbProblems(place.server);
}
