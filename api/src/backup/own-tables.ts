import { type CopiedTable, expectedSchema, type Snapshot } from "sqlproof/copy";
import { pendingSteps, readMigrations } from "sqlproof/migrations";
import { schemaFolder } from "../start/paths.ts";
import { BackupError } from "./error.ts";

/** The tables and columns of a database that a restore makes again, and what else is there. */
export interface OwnTables {
  readonly tables: readonly CopiedTable[];
  /** What no step of the program has made, such as `the table foo`. */
  readonly leftOut: readonly string[];
}

/**
 * Finds what of a database can be restored: the tables and columns that its steps have made. Throws `BackupError` if it
 * is not a database of this program or lacks some of them, and `MigrationError` if it is of a newer program, not
 * complete, or was moved: a backup of it could not be restored, or would be of the wrong data.
 */
export async function ownTables(snapshot: Snapshot): Promise<OwnTables> {
  const steps = snapshot.steps.filter(({ finished }) => finished);
  if (steps.length === 0)
    throw new BackupError("This is no database of this program: no step of its schema is recorded there.");
  pendingSteps(readMigrations(schemaFolder(snapshot.engine)), snapshot.steps);
  const { columns: expected } = await expectedSchema(
    schemaFolder("sqlite"),
    Math.max(...steps.map(({ version }) => version)),
  );
  const found = new Map(snapshot.tables.map((table) => [table.name.toLowerCase(), table]));
  const leftOut = [
    ...snapshot.others,
    ...snapshot.tables.flatMap(({ name }) => (expected.has(name.toLowerCase()) ? [] : [name])),
  ].map((name) => `the table ${name}`);
  const tables = [...expected].map(([name, columns]) => {
    const table = found.get(name);
    const missing = [...columns].filter((column) => table?.columns.every((one) => one.name !== column) ?? true);
    if (table === undefined || missing.length > 0)
      throw new BackupError(
        `The database lacks ${table === undefined ? `the table ${name}` : `${missing.join(", ")} of ${name}`}, which a ` +
          "step of its schema has made. Restore an earlier backup to a new database and compare.",
      );
    const others = table.columns.filter((column) => !columns.has(column.name));
    leftOut.push(...others.map((column) => `the column ${column.name} of ${name}`));
    return { ...table, columns: table.columns.filter((column) => columns.has(column.name)) };
  });
  return { tables: tables.sort((a, b) => (a.name < b.name ? -1 : 1)), leftOut };
}
