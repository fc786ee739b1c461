import type { RecordedStep } from "./plan.ts";

/** The query for `recordedSteps` on MariaDB. */
export const recordedQuery =
  "SELECT version, name, checksum, finished_at IS NOT NULL, adopted FROM schema_migrations" +
  " WHERE version > 0 AND statement = 0 ORDER BY version";

/** The steps in the rows of `recordedQuery`. */
export function recordedSteps(rows: readonly (readonly unknown[])[]): RecordedStep[] {
  return rows.map(([version, name, checksum, finished, adopted]) => ({
    version: Number(version),
    name: String(name),
    checksum: String(checksum),
    finished: Number(finished) === 1,
    adopted: Number(adopted) === 1,
  }));
}
