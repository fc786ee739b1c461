import type { Connection } from "mariadb";
import type { MigrationStep } from "../../migrations/files.ts";

/** A decimal column whose scale a migration step changed on MariaDB. */
export interface ScaleChange {
  readonly version: number;
  readonly table: string;
  readonly column: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Applies the steps one by one and returns where the scale of a decimal column changed. MariaDB converts the stored
 * values itself. SQLite stores whole units of the scale, and its catalog does not show in which scale they were written.
 */
export async function applyWatchingScales(
  connection: Connection,
  steps: readonly MigrationStep[],
  apply: (step: MigrationStep) => Promise<void>,
): Promise<readonly ScaleChange[]> {
  const changes: ScaleChange[] = [];
  let known = new Map<string, Decimals>();
  for (const step of steps) {
    await apply(step);
    const now = await decimalColumns(connection);
    for (const [place, { table, column, scale }] of now) {
      const before = known.get(place)?.scale ?? scale;
      if (before !== scale) changes.push({ version: step.version, table, column, from: before, to: scale });
    }
    known = now;
  }
  return changes;
}

interface Decimals {
  readonly table: string;
  readonly column: string;
  readonly scale: number;
}

async function decimalColumns(connection: Connection): Promise<Map<string, Decimals>> {
  const rows = await connection.query<unknown[][]>({
    sql: `SELECT table_name, column_name, numeric_scale FROM information_schema.columns
      WHERE table_schema = DATABASE() AND data_type = 'decimal'`,
    rowsAsArray: true,
  });
  return new Map(
    rows.map(([table, column, scale]) => [
      `${table}.${column}`,
      { table: String(table), column: String(column), scale: Number(scale) },
    ]),
  );
}

/** Where SQLite's step of the same number fails to convert the stored units. */
export function scaleProblems(changes: readonly ScaleChange[], sqlite: readonly MigrationStep[]): string[] {
  return changes.flatMap(({ version, table, column, from, to }) => {
    const writes = new RegExp(`\\b(?:UPDATE|INTO)\\s+["\`]?${table}\\b`, "i");
    const step = sqlite.find((candidate) => candidate.version === version);
    if (step?.statements.some(({ text }) => writes.test(text)) === true) return [];
    return [
      `step ${version} changes ${table}.${column} from ${from} to ${to} places on MariaDB: SQLite's step ${version} must convert the stored units with UPDATE ${table}`,
    ];
  });
}
