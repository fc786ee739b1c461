// Views that MariaDB reads as their tables, unlike a query in FROM: what it then answers otherwise is refused.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { openBoth } from "./two-schemas.ts";

const views = `
  CREATE VIEW computed AS
    SELECT id, author_id, COALESCE(author_id, 5) AS author, NULLIF(author_id, 2) AS other FROM books;
  CREATE VIEW known AS SELECT id, (SELECT MAX(a.id) FROM authors a WHERE a.id = books.author_id) AS known FROM books;
  CREATE VIEW joined AS
    SELECT b.id, b.author_id, a.id AS found FROM books b LEFT JOIN authors a ON a.id = b.author_id;
  CREATE VIEW counted AS SELECT author_id AS id, COUNT(*) AS n FROM books GROUP BY author_id;
  CREATE VIEW written AS
    SELECT j.id, j.author_id FROM joined j WHERE EXISTS (SELECT 1 FROM authors k WHERE k.id = j.author_id);
`;

let server: PrivateMariadb;
let both: Awaited<ReturnType<typeof openBoth>>;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const [mariadb, sqlite] = ["mariadb", "sqlite"].map((engine) =>
    readFileSync(join(import.meta.dir, "schema", engine, "0001_library.sql"), "utf8"),
  );
  both = await openBoth(server, `${mariadb}\n${views}`, `${sqlite}\n${views}`);
}, 60_000);

afterAll(async () => {
  await both.close();
  await server.stop();
});

test.each([
  [
    "refuses its second execution",
    "SELECT MAX(author) AS v FROM computed",
    "MAX(author) is over a view that is read as its tables",
  ],
  [
    "may not take it for NULL in HAVING",
    `SELECT b.author_id, v.author, COUNT(*) AS n FROM books b LEFT JOIN computed v ON v.id = b.author_id
     GROUP BY b.author_id, v.author HAVING v.author IS NULL`,
    "v.author is computed in an outer-joined view and asked for in HAVING",
  ],
  [
    "may not take it for NULL in a subquery",
    `SELECT b.id FROM books b LEFT JOIN computed v ON v.id = b.author_id
     WHERE EXISTS (SELECT 1 FROM authors a WHERE a.id = v.author)`,
    "v.author is computed in an outer-joined view and read in a subquery",
  ],
  [
    "joins wrongly by it",
    "SELECT k.id FROM known k JOIN books b ON b.id = k.known",
    "k.known is a subquery in the list of a view, by which MariaDB joins wrongly",
  ],
  [
    "finds rows only once beside a condition on it",
    "SELECT k.id FROM known k WHERE k.known > 3 AND EXISTS (SELECT 1 FROM books b WHERE b.id = k.known)",
    "k.known is a subquery in the list of a view, and read in another subquery",
  ],
  [
    "finds other rows below a GROUP BY",
    "SELECT q.n FROM (SELECT k.id, COUNT(*) AS n FROM known k WHERE k.known > 3 GROUP BY k.id) AS q",
    "k.known is a subquery in the list of a view, asked for in WHERE below a GROUP BY",
  ],
  [
    "ends",
    "SELECT v.id FROM computed v ORDER BY v.author IN (SELECT id FROM authors), v.id",
    "ORDER BY v.author IN (SELECT ..) of a column of a view",
  ],
  [
    "takes a column for another one in a window",
    "SELECT v.id, SUM(v.author_id) OVER (ORDER BY v.id) AS s FROM computed v JOIN books b ON b.id = v.id",
    "OVER (..) beside v, a view that is read as its tables",
  ],
  [
    "finds another value in a subquery of HAVING",
    `SELECT v.author_id, COUNT(*) AS n FROM computed v GROUP BY v.author_id
     HAVING EXISTS (SELECT 1 FROM authors a WHERE a.id = v.author_id)`,
    "v.author_id of a view that is read as its tables, in a subquery of HAVING",
  ],
  [
    "finds other rows of a view over a view that joins",
    "SELECT a.id FROM authors a WHERE EXISTS (SELECT 1 FROM written w WHERE w.id = a.id)",
    "j.author_id of a view that joins tables, read in a subquery of another view",
  ],
  [
    "refuses it when it is executed",
    "SELECT MAX((SELECT SUM(c.n) FROM counted c WHERE c.id <> a.id)) AS v FROM authors a",
    "MAX((SELECT ..)) is over a subquery that reads counted",
  ],
  [
    "may compute too few rows",
    "SELECT id FROM books WHERE author_id IN (SELECT c.id FROM counted c JOIN authors a ON a.id = c.id)",
    "IN (SELECT ..) of a join with a query in FROM or a view",
  ],
])("refused, because MariaDB %s", async (_, text, message) => {
  expect(await both.said(text)).toEqual([expect.stringContaining(message)]);
});

test.each([
  "SELECT v.author_id + COUNT(*) AS n FROM computed v GROUP BY v.author_id",
  "SELECT b.id, v.author AS x, COALESCE(v.author, 9) AS y FROM books b LEFT JOIN computed v ON v.id = b.author_id",
  "SELECT id, author, other FROM computed WHERE author > 3 ORDER BY author, id",
  "SELECT id, found FROM joined WHERE found IS NULL",
  "SELECT id, n FROM counted WHERE n > :least ORDER BY n, id",
  "SELECT q.author FROM (SELECT author FROM computed) AS q WHERE EXISTS (SELECT 1 FROM books b WHERE b.id = q.author)",
])("accepted: %s", async (text) => {
  expect(await both.said(text)).toEqual([]);
});
