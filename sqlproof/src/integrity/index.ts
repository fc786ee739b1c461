// Whether a database is whole: its pages and indexes as the engine checks them, and every reference.
import type { DatabasePlace } from "../copy/copied-database.ts";

/** What is wrong with a database, each as a sentence; empty if nothing is. Changes nothing. Throws `DatabaseError`. */
export async function integrityProblems(place: DatabasePlace): Promise<readonly string[]> {
  if (place.engine === "sqlite") {
    const { sqliteProblems } = await import("./sqlite.ts");
    return sqliteProblems(place.path);
  }
  const { mariadbProblems } = await import("./mariadb.ts");
  return mariadbProblems(place.server);
}
