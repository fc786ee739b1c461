// Cases written as sqlc's are, judged on both engines; the real ones are measured by `npm run bench:sqlc-cases`.
import { expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { startPrivateMariadb } from "../../sqlproof/src/test-server/private-mariadb.ts";
import { readCases } from "./cases.ts";
import { measure } from "./measure.ts";
import { markdown } from "./report.ts";

const files: Readonly<Record<string, string>> = {
  "books/mysql/sqlc.json":
    '{ "version": "1", "packages": [{ "engine": "mysql", "schema": "schema.sql", "queries": "query.sql" }] }',
  "books/mysql/schema.sql": `
    CREATE TABLE books (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, title VARCHAR(50) NOT NULL, kind ENUM("a", "b") NULL);
    CREATE PROCEDURE p() BEGIN SELECT 1; END;`,
  "books/mysql/query.sql": `
    /* name: ById :one */
    SELECT title FROM books WHERE id = ?;
    -- name: Named :many
    SELECT id FROM books WHERE title = sqlc.arg('title') AND id IN (sqlc.slice(ids));
    -- name: Typed :one
    SELECT sqlc.narg(x) AS x FROM books WHERE id = 1;
    -- name: Any :one
    SELECT title FROM books LIMIT 1;
    -- name: Only :many
    SELECT id FROM books WHERE title = @x::text AND id = ANY(?);
    -- name: Procedure :exec
    CALL p();
    -- name: Again :one
    SELECT title FROM books WHERE id = ?;`,
  "tags/postgresql/sqlc.yaml": `
version: "2"
sql:
  - engine: postgresql
    schema: schema
    queries: query.sql`,
  "tags/postgresql/schema/1.up.sql":
    "CREATE TYPE state AS ENUM ('on', 'off'); CREATE TABLE tags (id BIGSERIAL PRIMARY KEY, name text UNIQUE, state state NOT NULL DEFAULT 'on', seen timestamptz NOT NULL DEFAULT now());",
  "tags/postgresql/query.sql": "-- name: Add :exec\nINSERT INTO tags (name) VALUES ($1);",
  "wrong/sqlite/sqlc.json":
    '{ "version": "1", "packages": [{ "engine": "sqlite", "schema": "query.sql", "queries": "query.sql" }] }',
  "wrong/sqlite/query.sql": "-- name: Wrong :one\nSELECT 1;",
  "wrong/sqlite/stderr.txt": "an error of sqlc",
};

test("each query is accepted, refused, or not for both engines", async () => {
  const repository = mkdtempSync(join(tmpdir(), "sqlc-cases-"));
  const server = await startPrivateMariadb();
  try {
    for (const [file, text] of Object.entries(files)) {
      const path = join(repository, "internal/endtoend/testdata", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    const judged = await measure(server, readCases(repository));
    expect(judged.map(({ name, outcome }) => [name, outcome.kind])).toEqual([
      ["ById", "accepted"],
      ["Named", "accepted"],
      ["Typed", "accepted"],
      ["Any", "refused"],
      ["Only", "not on both"],
      ["Procedure", "another statement"],
      ["Add", "accepted"],
    ]);
    expect(markdown(judged)).toContain("| **all** | 7 | 1 | 5 | 4 | **80 %** | 0 |");
  } finally {
    await server.stop();
    rmSync(repository, { recursive: true, force: true });
  }
}, 60_000);
