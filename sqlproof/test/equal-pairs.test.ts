// A pair of two equal texts: refused where the one text is enough, and counted where it is not.
import { afterAll, expect, test } from "bun:test";
import { checkOffline, checkOnEngines } from "../src/check/check.ts";
import { errorLines, project, removeProjects } from "./fixture.ts";

afterAll(removeProjects);

const pair = (mariadb: string, sqlite = mariadb): string =>
  `sql({ mariadb: ${JSON.stringify(mariadb)}, sqlite: ${JSON.stringify(sqlite)} });\n`;

test("two equal texts are a pair, as the engines may answer them differently", async () => {
  const joined = "SELECT GROUP_CONCAT(title ORDER BY title) AS titles, COUNT(*) AS n FROM books";
  const other = pair("SELECT COUNT(*) AS n FROM books", "SELECT COUNT(id) AS n FROM books");
  const config = project(`${pair(joined)}${other}${other}sql(\`SELECT id FROM books\`);\n`);
  const report = await checkOnEngines(config, { frozen: false });
  expect(errorLines(report)).toEqual([]);
  expect([report.queries, report.pairs]).toEqual([3, 2]);
  expect(checkOffline(config).pairs).toBe(2);
}, 60_000);

test("where one text is enough, it is asked for", async () => {
  const plain = "SELECT id, title FROM books WHERE id = :id";
  const report = await checkOnEngines(project(`sql(\`${plain}\`);\n${pair(plain)}${pair("SELECT titel FROM books")}`), {
    frozen: false,
  });
  expect(errorLines(report)).toEqual([
    "program.ts:5:5: both texts are the same, and both engines answer it alike: write one text",
    "program.ts:6:24: MariaDB 1054: Unknown column 'titel' in 'SELECT' (in the text for MariaDB)",
    "program.ts:6:59: SQLite: no such column: titel (in the text for SQLite)",
  ]);
}, 60_000);
