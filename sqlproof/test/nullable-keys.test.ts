// A unique key that may be NULL: `=` finds one row by it, several rows may have none.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { checkOnEngines } from "../src/check/check.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { errorLines, project, removeProjects, write } from "./fixture.ts";

const mariadb = `CREATE TABLE tags (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  word VARCHAR(9) COLLATE utf8mb4_nopad_bin NULL,
  place INT NOT NULL,
  UNIQUE KEY tags_word (word)
) CHARACTER SET utf8mb4;\n`;
const sqlite = `CREATE TABLE tags (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  word TEXT UNIQUE CHECK (LENGTH(word) <= 9),
  place INTEGER NOT NULL CHECK (place BETWEEN -2147483648 AND 2147483647)
) STRICT;\n`;

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

async function faultsOf(query: string): Promise<string[]> {
  const config = project(`export const q = sql(\`${query}\`);\n`);
  write(config.root, "schema/mariadb/0002_tags.sql", mariadb);
  write(config.root, "schema/sqlite/0002_tags.sql", sqlite);
  const { host, port, user, password } = server;
  return errorLines(await checkOnEngines(config, { frozen: false, server: { host, port, user, password } }));
}

const tagged = "SELECT t.id, b.id AS book FROM tags t JOIN books b ON b.reads_total > t.place";

test("a sort key that follows from the key where a parameter gives it a value is refused behind another key", async () => {
  const optional = `${tagged} WHERE (:word::text? IS NULL OR t.word = :word) ORDER BY b.lent, t.place, t.id, b.id`;
  expect(await faultsOf(optional)).toEqual(
    ["t.place", "t.id"].map((key) => expect.stringContaining(`${key} has one value where a condition`)),
  );
});

test("with a word that is always given, and without a filter, such keys are accepted", async () => {
  expect(await faultsOf(`${tagged} WHERE t.word = :word ORDER BY b.lent, t.place, t.id, b.id`)).toEqual([]);
  expect(await faultsOf(`${tagged} ORDER BY b.lent, t.place, t.id, b.id`)).toEqual([]);
});
