/**
 * A program on the library schema that does on SQLite whatever the runtimes could do differently, and prints what it
 * got, one line per case. It runs from the packed package, on Node and on Bun.
 */
export const contractProgram = `
import { createSql, DatabaseError, dateTime, decimal, openSqlite } from "sqlproof";
import { integrityProblems } from "sqlproof/integrity";
import { migrateSqlite } from "sqlproof/migrations";
import { writeFileSync } from "node:fs";
import { type Failures, proofs, type Queries } from "./.sqlproof/generated/queries.ts";

const sql = createSql<Queries, Failures>(proofs);
const addAuthor = sql(\`INSERT INTO authors (name, nickname) VALUES (:name, :nickname) RETURNING id\`);
const addBook = sql(\`INSERT INTO books (isbn, author_id, title, price, weight, added_at, cover, reads_total)
  VALUES (:isbn, :author, :title, :price, :weight, :added, :cover, :reads)\`);
const book = sql(\`SELECT isbn, price, deposit, weight, lent, added_at, cover, reads_total FROM books WHERE isbn = :isbn\`);
const books = sql(\`SELECT isbn, price FROM books WHERE isbn IN (:isbns...) ORDER BY isbn LIMIT :limit\`);
const double = sql(\`UPDATE books SET reads_total = reads_total + reads_total WHERE isbn = :isbn\`);
const rest = sql(\`SELECT isbn FROM books WHERE reads_total % :n::integer = :rest::integer ORDER BY isbn\`);
const heavier = sql(\`SELECT isbn FROM books WHERE weight > :weight ORDER BY isbn\`);
const lend = sql(\`UPDATE books SET lent = :lent WHERE isbn = :isbn\`);
const removeAuthor = sql(\`DELETE FROM authors WHERE id = :id\`);
const digits = sql({
  mariadb: "SELECT CONCAT(:n::integer, '') AS written FROM authors WHERE id = 1",
  sqlite: "SELECT :n::integer || '' AS written FROM authors WHERE id = 1",
});
const joined = sql(\`SELECT * FROM authors a JOIN books b ON b.author_id = a.id WHERE b.isbn = :isbn ORDER BY id_2\`);
const counted = sql(\`SELECT COUNT(*) AS n FROM authors\`);

async function told(name: string, work: () => unknown): Promise<void> {
  try {
    const answer = await work();
    console.log(name, JSON.stringify(answer, (_, value) => (value instanceof Uint8Array ? [...value] : value)));
  } catch (error) {
    const kind = error instanceof DatabaseError ? \`\${error.kind} \${error.code}\` : "";
    console.log(name, error instanceof Error ? \`\${error.name} \${kind} \${error.message}\` : error);
  }
}

const path = "contract.db";
await told("migrate", async () => (await migrateSqlite({ folder: "schema/sqlite", database: path })).applied);
await told("migrate again", async () => (await migrateSqlite({ folder: "schema/sqlite", database: path })).applied);
const db = openSqlite({ path });
const added = dateTime("2026-01-02T03:04:05");
const one = { isbn: "1", author: 1, title: "One", price: decimal("12.5"), weight: 3, added, cover: null, reads: 7 };
await told("returning", () => db.one(addAuthor, { name: "Ada", nickname: null }));
await told("insert", () => db.run(addBook, { ...one, cover: new Uint8Array([0, 255, 65]) }));
await told("row", () => db.one(book, { isbn: "1" }));
await told("repeated names", () => db.one(joined, { isbn: "1" }));
await told("plain object", async () => Object.getPrototypeOf(await db.one(book, { isbn: "1" })) === Object.prototype);
await told("no bytes", () => db.run(addBook, { ...one, isbn: "0", cover: new Uint8Array(new ArrayBuffer(0)) }));
await told("bytes, not null", async () => (await db.one(book, { isbn: "0" })).cover);
const large = decimal("922337203685477.5807");
await told("largest decimal", () => db.run(addBook, { ...one, isbn: "2", price: large, reads: 2 ** 52 }));
await told("exact decimal", () => db.one(book, { isbn: "2" }));
await told("beyond 2^53", () => db.run(double, { isbn: "2" }));
await told("beyond 2^53 again", () => db.run(double, { isbn: "2" }));
await told("never rounded", () => db.one(book, { isbn: "2" }));
await told("several", () => db.runMany(addBook, ["3", "4", "5"].map((isbn) => ({ ...one, isbn, reads: 8 }))));
await told("list", () => db.all(books, { isbns: ["1", "3", "nothing"], limit: 2 }));
await told("empty list", () => db.all(books, { isbns: [], limit: 2 }));
await told("whole numbers", () => db.all(rest, { n: 2, rest: 1 }));
await told("digits", () => db.one(digits, { n: 7 }));
await told("floats", () => db.all(heavier, { weight: 2.5 }));
await told("boolean", () => db.run(lend, { isbn: "1", lent: true }));
await told("lent", async () => (await db.one(book, { isbn: "1" })).lent);
await told("unique", () => db.run(addBook, one));
await told("foreign key", () => db.run(addBook, { ...one, isbn: "6", author: 99 }));
await told("parent", () => db.run(removeAuthor, { id: 1 }));
await told("check", () => db.run(addBook, { ...one, isbn: "12345678901234" }));
await told("wrong parameter", () => db.one(book, JSON.parse('{ "isbn": 5 }')));
await told("rolled back", () =>
  db.transaction(async (tx) => {
    await tx.run(lend, { isbn: "3", lent: true });
    throw new Error("no");
  }),
);
await told("not lent", async () => (await db.one(book, { isbn: "3" })).lent);
await told("each alone", async () => {
  const names = ["a", "b", "Ada", "c"];
  const all = await Promise.allSettled(names.map((name) => db.one(addAuthor, { name, nickname: name })));
  return all.map(({ status }) => status);
});
await told("several rows each", () =>
  db.transaction((tx) => tx.oneEach(addAuthor, [{ name: "x", nickname: null }, { name: "y", nickname: null }])),
);
await told("count", () => db.one(counted));
const other = openSqlite({ path, busyTimeoutMs: 100 });
await told("locked", () =>
  db.transaction(async (tx) => {
    await tx.run(lend, { isbn: "4", lent: true });
    await other.run(lend, { isbn: "4", lent: false });
  }),
);
await told("revision", async () => {
  const before = db.revision?.();
  await other.run(lend, { isbn: "4", lent: true });
  return before !== db.revision?.();
});
await other.close();
const reader = openSqlite({ path, readOnly: true });
await told("read only", () => reader.run(lend, { isbn: "4", lent: true }));
await reader.close();
await told("plan", () => db.explain?.("SELECT id FROM books WHERE isbn = ?", ["1"]));
await told("size", async () => ((await db.size?.())?.data ?? 0) > 0);
await told("ping", () => db.ping());
await db.close();
await told("closed", () => db.run(lend, { isbn: "4", lent: true }));
await told("closed read", () => db.one(digits, { n: 7 }));
await told("no folder", () => openSqlite({ path: "nowhere/contract.db" }));
writeFileSync("text.db", "This is no database, although it is long enough for the header of one. ".repeat(20));
await told("no database", () => openSqlite({ path: "text.db" }));
await told("whole", () => integrityProblems({ engine: "sqlite", path }));
await told("missing", () => integrityProblems({ engine: "sqlite", path: "missing.db" }));
const memory = openSqlite({ path: ":memory:" });
await told("no tables", () => memory.one(counted));
await memory.close();
`;
