// MariaDB decides how it stores a computed column when it prepares the statement: a text parameter of a later execution
// may be longer than that.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type Engines, openEngines } from "../src/differential/engines.ts";
import type { LooseQuery } from "../src/differential/table-queries.ts";
import { ProvenQuery } from "../src/runtime/query.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { id, rowid, step } from "./two-schemas.ts";

let server: PrivateMariadb;
let engines: Engines;

beforeAll(async () => {
  server = await startPrivateMariadb();
  const { host, port, user, password } = server;
  const word = "VARCHAR(40) COLLATE utf8mb4_nopad_bin";
  engines = await openEngines(
    { host, port, user, password },
    {
      mariadb: [step(`CREATE TABLE x (${id}, t ${word} NOT NULL, s ${word} NULL) CHARACTER SET utf8mb4`)],
      sqlite: [
        step(
          `CREATE TABLE x (${rowid}, t TEXT NOT NULL CHECK (LENGTH(t) <= 40), s TEXT CHECK (LENGTH(s) <= 40)) STRICT`,
        ),
      ],
    },
  );
  const add = await proven("INSERT INTO x (t, s) VALUES (:t, :s)");
  const rows = [
    { t: "ann", s: "ann" },
    { t: "bob", s: "ann" },
    { t: "cleo", s: null },
  ];
  for (const row of rows) for (const db of [engines.mariadb, engines.sqlite]) await db.run(add, row);
}, 60_000);

afterAll(async () => {
  await engines.close();
  await server.stop();
});

async function proven(text: string): Promise<LooseQuery> {
  const verdict = await engines.prove({ mariadb: text, sqlite: text });
  if (!("proof" in verdict)) throw new Error(JSON.stringify(verdict.findings));
  return new ProvenQuery(text, verdict.proof);
}

const grown = ["bob", "w".repeat(600), "w".repeat(16_384), "😀".repeat(70_000), "cleo"];

test.each([
  "SELECT id FROM x WHERE t IN (SELECT COALESCE(s, :word) FROM x) ORDER BY id",
  "SELECT id FROM x WHERE t IN (SELECT MAX(COALESCE(s, :word)) FROM x) ORDER BY id",
  "SELECT id FROM x WHERE (id, t) IN (SELECT id, CASE WHEN id = 3 THEN :word ELSE s || '' END FROM x) ORDER BY id",
  "SELECT id FROM x WHERE t || :word IN (SELECT s || :word FROM x) ORDER BY id",
  "SELECT id FROM x WHERE t IN (SELECT REPLACE(t, 'b', :word) FROM x) ORDER BY id",
  "SELECT COALESCE(s, :word::text) AS v FROM x UNION SELECT t FROM x ORDER BY v",
  "SELECT COALESCE(s, :word::text) AS v FROM x INTERSECT SELECT COALESCE(s, :word) FROM x ORDER BY v",
  "SELECT COALESCE(s, :word::text) AS v FROM x EXCEPT SELECT t FROM x ORDER BY v",
  `SELECT q.v, CHAR_LENGTH(q.v) AS n FROM (SELECT COALESCE(s, :word::text) AS v FROM x UNION ALL SELECT t FROM x) AS q
    ORDER BY n, q.v`,
])("%s", async (text) => {
  const query = await proven(text);
  for (const word of grown) {
    const ours = await engines.mariadb.all(query, { word });
    expect({ length: word.length, rows: ours }).toEqual({
      length: word.length,
      rows: await engines.sqlite.all(query, { word }),
    });
  }
});

test("INSERT INTO x .. WHERE t IN (SELECT COALESCE(s, :word) ..)", async () => {
  const query = await proven(
    "INSERT INTO x (t, s) SELECT 'dora', SUBSTR(:word, 1, 9) FROM x WHERE t IN (SELECT COALESCE(s, :word) FROM x)",
  );
  for (const word of grown) {
    const [ours, theirs] = [await engines.mariadb.run(query, { word }), await engines.sqlite.run(query, { word })];
    expect({ length: word.length, ...ours }).toEqual({ length: word.length, ...theirs });
  }
});
