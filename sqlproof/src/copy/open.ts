import { type CellRow, type CopiedTable, keyOf } from "./cells.ts";
import type { DatabasePlace, Loader, LoadOptions, Snapshot } from "./copied-database.ts";

/**
 * Opens a database at this moment. It sees the commits from before and none from later. `tables` are the names of those
 * to be read, in lower case; null reads all. Throws `DatabaseError` when the database cannot be opened.
 */
export async function openSnapshot(place: DatabasePlace, tables: ReadonlySet<string> | null = null): Promise<Snapshot> {
  if (place.engine === "sqlite") {
    const { openSqliteSnapshot } = await import("./sqlite-snapshot.ts");
    return openSqliteSnapshot(place.path, tables);
  }
  const { openMariadbSnapshot } = await import("./mariadb-snapshot.ts");
  return openMariadbSnapshot(place.server, tables);
}

const rowsPerPage = 2000;

/** All rows of a table, in pages. */
export async function* pagesOf(snapshot: Snapshot, table: CopiedTable): AsyncGenerator<readonly CellRow[]> {
  let after: CellRow | null = null;
  for (;;) {
    const rows: readonly CellRow[] = await snapshot.page(table, after, rowsPerPage);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) return;
    after = keyOf(table, last);
  }
}

/**
 * Makes a new database for copied rows. Throws `CopyError` if there is a database already: nothing is ever overwritten.
 * A SQLite file gets its name when it is complete; an incomplete MariaDB database is refused by every start.
 */
export async function openLoader(place: DatabasePlace, options: LoadOptions): Promise<Loader> {
  if (place.engine === "sqlite") {
    const { openSqliteLoader } = await import("./sqlite-loader.ts");
    return openSqliteLoader(place.path, options);
  }
  const { openMariadbLoader } = await import("./mariadb-loader.ts");
  return openMariadbLoader(place.server, options);
}
