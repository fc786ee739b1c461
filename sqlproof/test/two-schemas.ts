import { expect } from "bun:test";
import { effectDifferences } from "../src/check/effects/differences.ts";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { catalogDifferences } from "../src/check/types/parity.ts";
import type { MigrationStep } from "../src/migrations/files.ts";
import { splitStatements } from "../src/migrations/split.ts";
import type { Proof } from "../src/runtime/proof.ts";
import type { PrivateMariadb } from "../src/test-server/private-mariadb.ts";

/** The one step of a folder of migrations. */
export function step(text: string): MigrationStep {
  const path = "0001_test.sql";
  return { version: 1, name: "0001_test", path, checksum: "", statements: splitStatements(text), adoption: null };
}

/** The schemas that the catalogs take for equal, compared by their effect. */
export async function differences(server: PrivateMariadb, mariadbSql: string, sqliteSql: string): Promise<string[]> {
  const mariadb = await MariadbProver.open(server, [step(mariadbSql)]);
  const sqlite = new SqliteProver([step(sqliteSql)]);
  expect(catalogDifferences(mariadb.catalog, sqlite.catalog)).toEqual([]);
  const found = await effectDifferences(mariadb.schema, sqlite.schema);
  // Nothing is left behind: what was found is found again, but for the second in which it was.
  const timeless = (messages: readonly string[]) => messages.map((one) => one.replace(/ \d\d:\d\d:\d\d/g, ""));
  expect(timeless(await effectDifferences(mariadb.schema, sqlite.schema))).toEqual(timeless(found));
  await mariadb.close();
  sqlite.close();
  return found;
}

/** Both engines with their schema, asked about one text after the other. */
export async function openBoth(server: PrivateMariadb, mariadbSql: string, sqliteSql: string) {
  const mariadb = await MariadbProver.open(server, [step(mariadbSql)]);
  const sqlite = new SqliteProver([step(sqliteSql)]);
  const location = { file: "query.sql", line: 1, column: 1 };
  const verdictOf = (text: string) => prove({ key: text, mariadb: text, sqlite: text, location }, { mariadb, sqlite });
  return {
    ...{ mariadb, sqlite },
    /** What the checker says of a text: nothing where it accepts it. */
    async said(text: string): Promise<string[]> {
      const verdict = await verdictOf(text);
      return "findings" in verdict ? verdict.findings.map(({ message }) => message) : [];
    },
    async proof(text: string): Promise<Proof> {
      const verdict = await verdictOf(text);
      if ("findings" in verdict) throw new Error(verdict.findings.map(({ message }) => message).join("; "));
      return verdict.proof;
    },
    async close(): Promise<void> {
      await mariadb.close();
      sqlite.close();
    },
  };
}

/** The key of a table on each engine. */
export const id = "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY";
export const rowid = "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT";
