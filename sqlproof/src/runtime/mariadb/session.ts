/**
 * The modes under which statements are checked and run. ANSI_QUOTES and PIPES_AS_CONCAT make MariaDB read
 * `"name"` and `a || b` as SQLite does; without them the same text means something else. NO_AUTO_VALUE_ON_ZERO stores a
 * key of 0 as 0, where MariaDB would give it the next number; SIMULTANEOUS_ASSIGNMENT lets every expression of a SET read
 * the row as it was, where MariaDB would read what the same SET has just assigned. NO_UNSIGNED_SUBTRACTION lets a
 * difference of UNSIGNED numbers be negative.
 */
export const sqlMode =
  "STRICT_ALL_TABLES,ONLY_FULL_GROUP_BY,ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES," +
  "ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO,SIMULTANEOUS_ASSIGNMENT," +
  "NO_UNSIGNED_SUBTRACTION";

/**
 * What every MariaDB connection sets before its first query. UTC so that naive times never shift; snapshot
 * isolation because without it MariaDB 10.11 loses acknowledged read-modify-write updates.
 */
export function sessionStatements(statementTimeoutMs: number, wsrepSyncWait?: number): string[] {
  const seconds = statementTimeoutMs / 1000;
  return [
    // Literals and parameters then compare as on SQLite, case and trailing spaces included.
    "SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin",
    `SET sql_mode = '${sqlMode}', time_zone = '+00:00', innodb_snapshot_isolation = ON,` +
      ` innodb_lock_wait_timeout = 2, lock_wait_timeout = 30, max_statement_time = ${seconds},` +
      // Otherwise a recursive query ends after 1,000 steps, without an error.
      " max_recursive_iterations = 4294967295," +
      // Three bytes for each character. Otherwise texts are sorted, and told apart in windows, by their first 341. With
      // 49,152, ORDER BY a TEXT with a LIMIT takes twice as long, and with 200,000 the sort buffer may be too small.
      " max_sort_length = 16384," +
      // A query in FROM or WITH is executed as it stands, and not read as its tables.
      " optimizer_switch = 'derived_merge=off'" +
      (wsrepSyncWait === undefined ? "" : `, wsrep_sync_wait = ${wsrepSyncWait}`),
  ];
}
