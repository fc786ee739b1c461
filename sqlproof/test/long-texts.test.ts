// Texts whose first characters are the same: MariaDB compares only so many of them where it sorts.
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
  engines = await openEngines(
    { host, port, user, password },
    {
      mariadb: [step(`CREATE TABLE x (${id}, y TEXT COLLATE utf8mb4_nopad_bin NOT NULL) CHARACTER SET utf8mb4`)],
      sqlite: [step(`CREATE TABLE x (${rowid}, y TEXT NOT NULL) STRICT`)],
    },
  );
  for (const end of ["b", "a", "b"]) {
    const rows = await answers("INSERT INTO x (y) VALUES (:y) RETURNING id", { y: `${"é".repeat(5_460)}${end}` });
    expect(rows[0]).toEqual(rows[1]);
  }
}, 60_000);

afterAll(async () => {
  await engines.close();
  await server.stop();
});

async function answers(text: string, params: Readonly<Record<string, string>> = {}): Promise<unknown[]> {
  const verdict = await engines.prove({ mariadb: text, sqlite: text });
  if (!("proof" in verdict)) throw new Error(JSON.stringify(verdict.findings));
  const query: LooseQuery = new ProvenQuery(text, verdict.proof);
  return [await engines.mariadb.all(query, params), await engines.sqlite.all(query, params)];
}

test.each([
  "SELECT id FROM x ORDER BY y, id",
  "SELECT id, COUNT(*) OVER (PARTITION BY y) AS n FROM x ORDER BY id",
  "SELECT id, RANK() OVER (ORDER BY y) AS place FROM x ORDER BY id",
  "SELECT COUNT(*) AS n FROM x GROUP BY y ORDER BY y",
])("%s", async (text) => {
  const [ours, theirs] = await answers(text);
  expect(ours).toEqual(theirs);
});
