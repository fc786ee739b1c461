// Views: their SELECT is proven like a query, and is the same on both engines.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { checkOnEngines } from "../src/check/check.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { errorLines, project, removeProjects, write } from "./fixture.ts";

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

async function withViews(
  mariadb: string,
  sqlite = mariadb,
  query = "SELECT id, twice FROM lent_books WHERE id = :id",
): Promise<string[]> {
  const config = project(`export const q = sql(\`${query}\`);\n`);
  write(config.root, "schema/mariadb/0002_views.sql", `${mariadb};\n`);
  write(config.root, "schema/sqlite/0002_views.sql", `${sqlite};\n`);
  const { host, port, user, password } = server;
  return errorLines(await checkOnEngines(config, { frozen: false, server: { host, port, user, password } }));
}

/** The lines behind a message about the view. */
const places = "\n  MariaDB schema/mariadb/0002_views.sql:1\n  SQLite  schema/sqlite/0002_views.sql:1";

const view = "CREATE VIEW lent_books AS SELECT id, reads_total * 2 AS twice FROM books";

test("the same view on both engines can be queried", async () => {
  expect(await withViews(`${view} WHERE lent = TRUE`)).toEqual([]);
});

test("views that select other rows", async () => {
  expect(await withViews(`${view} WHERE lent = TRUE`, `${view} WHERE lent = FALSE`)).toEqual([
    `view lent_books selects something else on MariaDB than on SQLite: write the same SELECT in both migrations${places}`,
  ]);
});

test("a view that the engines answer differently", async () => {
  expect(await withViews(`${view} WHERE title = 'x'`)).toEqual([
    expect.stringContaining("view lent_books: comparing title: its collation has no equal on SQLite"),
  ]);
});

test("a view with a number beside a decimal, which nobody writes in units for SQLite", async () => {
  expect(await withViews(`${view} WHERE price > 10`)).toEqual([
    expect.stringContaining("view lent_books is spelled in a form that the check writes for one engine"),
  ]);
});

test("a view of a membership in aggregates, which MariaDB answers once where its rows are counted", async () => {
  const newest = "CREATE VIEW lent_books AS SELECT id, reads_total * 2 AS twice FROM books WHERE id IN";
  const groups = "SELECT MAX(id) AS id FROM books GROUP BY author_id";
  expect(await withViews(`${newest} (${groups})`)).toEqual([
    `view lent_books: MariaDB answers id IN (a SELECT with aggregates) beside another aggregate only once: write IN (SELECT v FROM (SELECT .. AS v ..) AS q)${places}`,
  ]);
  expect(await withViews(`${newest} (SELECT id FROM (${groups}) AS q)`)).toEqual([]);
});

test("a view that MariaDB, which reads it as its tables, answers otherwise when it is executed again", async () => {
  const shown = "CREATE VIEW shown AS SELECT id, COALESCE(author_id, 5) AS author FROM books";
  const outer = "FROM books b LEFT JOIN shown s ON s.id = b.author_id";
  const computing = `CREATE VIEW lent_books AS SELECT b.id, s.author + 1 AS twice ${outer}`;
  expect(await withViews(`${shown};\n${computing}`)).toEqual([
    expect.stringContaining(
      "view lent_books: s.author is computed in an outer-joined view, and computed with in this one",
    ),
  ]);
  expect(await withViews(`${shown};\nCREATE VIEW lent_books AS SELECT b.id, 2 AS twice, s.author ${outer}`)).toEqual(
    [],
  );
  const distinct = "(SELECT DISTINCT author_id AS id FROM books) AS q";
  const forgetting = `SELECT q.id, 2 AS twice FROM ${distinct} WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = q.id)`;
  expect(await withViews(`CREATE VIEW lent_books AS ${forgetting}`)).toEqual([
    expect.stringContaining("view lent_books: q.id of a query in FROM or of a view, in a subquery of a view"),
  ]);
});

test("a view is read as its query: what it computes of an outer join, beside an aggregate and in a subquery", async () => {
  const names = "SELECT id, COALESCE(nickname, name) AS shown, 3 AS constant FROM authors";
  const views = `${view} WHERE lent = TRUE;\nCREATE VIEW names AS ${names}`;
  const joined = "FROM lent_books b LEFT JOIN names n ON n.id = b.twice";
  expect(await withViews(views, views, `SELECT n.constant + COUNT(*) AS n ${joined} GROUP BY n.constant`)).toEqual([
    expect.stringContaining("n.constant is a constant of an outer join beside an aggregate"),
    expect.stringContaining("GROUP BY n.constant, a constant of an outer join"),
  ]);
  const read = `SELECT b.id ${joined} WHERE EXISTS (SELECT 1 FROM books WHERE books.id = n.constant)`;
  expect(await withViews(views, views, read)).toEqual([
    expect.stringContaining("n.constant is computed in an outer-joined view and read in a subquery"),
    expect.stringContaining("n.constant is a constant of an outer join of the query around"),
  ]);
});

test("a write of each row by a view of the same table, also through another view", async () => {
  const views = `${view};\nCREATE VIEW lent AS SELECT id, twice FROM lent_books WHERE id > 3`;
  for (const read of ["lent_books", "lent"]) {
    const fewer = `(SELECT COUNT(*) FROM ${read} WHERE ${read}.twice < books.reads_total)`;
    expect(await withViews(views, views, `UPDATE books SET reads_total = ${fewer}`)).toEqual([
      expect.stringContaining("this subquery reads books anew for each row that is written"),
    ]);
  }
  const other = "UPDATE authors SET nickname = 'x' WHERE EXISTS (SELECT 1 FROM lent WHERE lent.id = authors.id)";
  expect(await withViews(views, views, other)).toEqual([]);
});
