import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createConnection } from "mariadb";
import { prove } from "../src/check/prove.ts";
import { MariadbProver } from "../src/check/provers/mariadb.ts";
import { SqliteProver } from "../src/check/provers/sqlite.ts";
import { createSql, type Database, DatabaseError, type Query, RowCountError } from "../src/index.ts";
import { readMigrations } from "../src/migrations/files.ts";
import { connectionConfig, openMariadb } from "../src/runtime/mariadb/open.ts";
import type { Proof } from "../src/runtime/proof.ts";
import { openSqlite } from "../src/runtime/sqlite/open.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

// The queries of these tests are proven on the same engines that then run them.
const texts = {
  addAuthor: "INSERT INTO authors (name, nickname, born) VALUES (:name, :nickname, :born) RETURNING id",
  addAuthorPlain: "INSERT INTO authors (name) VALUES (:name)",
  upsertAuthor:
    "INSERT INTO authors (name, nickname) VALUES (:name, :nickname) ON CONFLICT (name) DO UPDATE SET nickname = excluded.nickname",
  author: "SELECT id, name, nickname, born FROM authors WHERE name = :name",
  authors: "SELECT id, name FROM authors WHERE name IN (:names...) ORDER BY name",
  booksByReads: "SELECT isbn FROM books WHERE reads_total IN (:reads...) ORDER BY lent, reads_total, isbn",
  authorsNot: "SELECT COUNT(*) AS n FROM authors WHERE name NOT IN (:names...)",
  authorsBoth:
    "SELECT name FROM authors WHERE name IN (:names...) AND name NOT IN (:others...) AND id > :id ORDER BY name",
  addShelf: "INSERT INTO shelves (code) VALUES (:code)",
  addShelfOfNumber: "INSERT INTO shelves (id, code) VALUES (:id, :code)",
  authorsBegin: "SELECT name FROM authors WHERE name LIKE :begin || '%' ORDER BY name",
  authorsLike: "SELECT name FROM authors WHERE name LIKE :pattern ESCAPE '!' ORDER BY name",
  count: "SELECT COUNT(*) AS n FROM authors",
  renameAuthor: "UPDATE authors SET nickname = :nickname WHERE name = :name",
  addBook:
    "INSERT INTO books (isbn, author_id, title, price, deposit, weight, lent, added_at, cover, reads_total) " +
    "VALUES (:isbn, :author_id, :title, :price, :deposit, :weight, :lent, :added_at, :cover, :reads_total)",
  book: "SELECT isbn, title, price, deposit, weight, lent, added_at, cover, reads_total FROM books WHERE isbn = :isbn",
  booksFrom: "SELECT isbn FROM books WHERE price >= :least AND isbn LIKE :pattern ESCAPE '!' ORDER BY isbn",
  booksAt: "SELECT isbn FROM books WHERE price IN (:prices...) ORDER BY isbn",
  booksSince: "SELECT isbn FROM books WHERE added_at >= :since",
  authorsFrom: "SELECT name FROM authors ORDER BY name LIMIT :most OFFSET :from",
  joined: "SELECT b.*, a.* FROM books b JOIN authors a ON a.id = b.author_id WHERE b.isbn = :isbn ORDER BY id_2",
  hasBooks: "SELECT 1 AS found, price FROM books WHERE price = :price AND author_id IS NULL LIMIT 1",
  total: "SELECT SUM(price) AS total, SUM(deposit) AS deposits FROM books WHERE isbn LIKE :pattern ESCAPE '!'",
} as const;

let server: PrivateMariadb;
let proofs: Record<string, Proof> = {};
const folder = mkdtempSync(join(tmpdir(), "sqlproof-runtime-"));
const databases: { name: string; database: Database }[] = [];

beforeAll(async () => {
  server = await startPrivateMariadb();
  const provers = {
    mariadb: await MariadbProver.open(server, readMigrations(join(import.meta.dir, "schema/mariadb"))),
    sqlite: new SqliteProver(readMigrations(join(import.meta.dir, "schema/sqlite"))),
  };
  for (const text of Object.values(texts)) {
    const verdict = await prove(
      { key: text, mariadb: text, sqlite: text, location: { file: "", line: 1, column: 1 } },
      provers,
    );
    if (!("proof" in verdict)) throw new Error(`${text}: ${JSON.stringify(verdict.findings)}`);
    proofs = { ...proofs, [text]: verdict.proof };
  }
  await provers.mariadb.close();
  databases.push(
    { name: "mariadb", database: await mariadbDatabase() },
    { name: "sqlite", database: sqliteDatabase() },
  );
}, 60_000);

afterAll(async () => {
  for (const { database } of databases) await database.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function mariadbDatabase(): Promise<Database> {
  const { host, port, user, password } = server;
  const connection = await createConnection({
    ...connectionConfig({ host, port, user, password }),
    multipleStatements: true,
  });
  await connection.query("CREATE DATABASE library; USE library");
  await connection.query(readFileSync(join(import.meta.dir, "schema/mariadb/0001_library.sql"), "utf8"));
  await connection.end();
  return openMariadb({ host, port, user, password, database: "library", connectionLimit: 4, acquireTimeoutMs: 2000 });
}

function sqliteDatabase(): Database {
  const path = join(folder, "library.db");
  const raw = new SqliteDatabase(path, { create: true });
  raw.run(readFileSync(join(import.meta.dir, "schema/sqlite/0001_library.sql"), "utf8"));
  raw.close();
  return openSqlite({ path });
}

type Values = Record<string, unknown>;

/** The query of a text, typed loosely, because these tests check the run time. */
function query(name: keyof typeof texts): Query<Values, Values> {
  const sql = createSql<Record<string, { params: Values; row: Values }>, Record<never, never>>(proofs);
  const text: string = texts[name];
  return sql(text);
}

async function kindOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "no error";
  } catch (error) {
    return error instanceof DatabaseError ? error.kind : String(error);
  }
}

for (const engine of ["mariadb", "sqlite"] as const)
  describe(engine, () => {
    const db = (): Database => {
      const found = databases.find(({ name }) => name === engine);
      if (found === undefined) throw new Error("not open");
      return found.database;
    };

    test("every type comes back as it went in", async () => {
      const { id } = await db().one(query("addAuthor"), { name: "Ünal 'x' \\ 漢", nickname: null, born: "1970-12-31" });
      const book = {
        isbn: "all-types",
        title: "emoji 🙂 and ’",
        price: "900719925474099.9999",
        deposit: "-0.05",
        weight: 0.1,
        lent: true,
        added_at: "2024-02-29T23:59:59",
        cover: new Uint8Array([0, 255, 39]),
        reads_total: Number.MAX_SAFE_INTEGER,
      };
      await db().run(query("addBook"), { ...book, author_id: id });
      expect(await db().one(query("book"), { isbn: "all-types" })).toEqual(book);
      expect(await db().one(query("author"), { name: "Ünal 'x' \\ 漢" })).toEqual({
        id,
        name: "Ünal 'x' \\ 漢",
        nickname: null,
        born: "1970-12-31",
      });
    });

    test("a repeated column of * is the one of its table", async () => {
      const author = await db().one(query("author"), { name: "Ünal 'x' \\ 漢" });
      for (let row = 0; row < 3; row += 1) await db().run(query("addAuthorPlain"), { name: `before ${row}` });
      const { id } = await db().one(query("addAuthor"), { name: "joined", nickname: "x", born: "1970-12-31" });
      const { cover, weight, ...book } = await db().one(query("book"), { isbn: "all-types" });
      await db().run(query("addBook"), { ...book, cover, weight, isbn: "joined", author_id: id });
      const found = await db().one(query("joined"), { isbn: "joined" });
      expect(found).toMatchObject({ ...book, isbn: "joined", author_id: id, id_2: id, name: "joined", nickname: "x" });
      expect(found).not.toMatchObject({ id });
      expect(await db().one(query("joined"), { isbn: "all-types" })).toMatchObject({ ...book, id_2: author.id });
    });

    test("one of several rows that are alike", async () => {
      const { author_id, ...book } = { ...(await db().one(query("book"), { isbn: "all-types" })), author_id: null };
      for (const isbn of ["alike 1", "alike 2"])
        await db().run(query("addBook"), { ...book, isbn, author_id, price: "77.7700" });
      expect(await db().one(query("hasBooks"), { price: "77.77" })).toEqual({ found: 1, price: "77.7700" });
      expect(await db().maybe(query("hasBooks"), { price: "77.78" })).toBeNull();
    });

    test("decimals compare and add exactly where a float would not", async () => {
      const base = {
        author_id: null,
        title: "",
        deposit: null,
        weight: null,
        lent: false,
        added_at: "2024-01-01T00:00:00",
        cover: null,
        reads_total: 0,
      };
      const prices = ["400000000000000.0001", "400000000000000.0002", "0.1000", "0.2000"];
      await db().runMany(
        query("addBook"),
        prices.map((price, index) => ({ ...base, isbn: `sum-${index}`, price })),
      );
      expect(await db().all(query("booksFrom"), { least: "400000000000000.0002", pattern: "sum-%" })).toEqual([
        { isbn: "sum-1" },
      ]);
      const at = (prices: readonly string[]): Promise<unknown[]> => db().all(query("booksAt"), { prices });
      expect(await at(["400000000000000.0002", "0.2"])).toEqual([{ isbn: "sum-1" }, { isbn: "sum-3" }]);
      expect(await db().one(query("total"), { pattern: "sum-%" })).toEqual({
        total: "800000000000000.3003",
        deposits: null,
      });
    });

    test("lists of every length, including empty ones", async () => {
      const names = ["list a", "list b", "list c", "list d", "list e"];
      await db().runMany(
        query("addAuthorPlain"),
        names.map((name) => ({ name })),
      );
      for (let length = 0; length <= names.length; length += 1) {
        const rows = await db().all(query("authors"), { names: names.slice(0, length) });
        expect(rows.map((row) => row.name)).toEqual(names.slice(0, length));
      }
      const { n: all } = await db().one(query("count"), {});
      expect(await db().one(query("authorsNot"), { names: [] })).toEqual({ n: all });
      expect(await db().one(query("authorsNot"), { names })).toEqual({ n: Number(all) - names.length });
    });

    test("more values in lists than every engine takes are refused", async () => {
      await db().run(query("addAuthorPlain"), { name: "many 0" });
      const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `many ${index}`);
      for (const count of [16_385, 32_766])
        expect(await db().all(query("authors"), { names: many(count) })).toHaveLength(1);
      expect(await kindOf(db().all(query("authors"), { names: many(32_767) }))).toBe("value");
      const both = (names: number, others: number) =>
        db().all(query("authorsBoth"), { names: many(names), others: many(others).reverse(), id: 0 });
      expect(await both(20_000, 12_765)).toEqual([]);
      expect(await both(16_000, 0)).toHaveLength(1);
      expect(both(20_000, 12_766)).rejects.toThrow("the lists have 32766 values, and the query takes 32765");
    });

    test("a list of equal elements does not spoil the order of later lists", async () => {
      const book = {
        author_id: null,
        title: "",
        price: "1.0000",
        deposit: null,
        weight: null,
        lent: false,
        cover: null,
      };
      for (const [isbn, reads_total] of [
        ["equal-1", 78],
        ["equal-2", 77],
      ] as const)
        await db().run(query("addBook"), { ...book, isbn, reads_total, added_at: "2024-01-15T10:30:00" });
      const read = async (reads: readonly number[]): Promise<unknown[]> =>
        (await db().all(query("booksByReads"), { reads })).map((row) => row.isbn);
      expect(await read([78, 78])).toEqual(["equal-1"]);
      expect(await read([78, 77])).toEqual(["equal-2", "equal-1"]);
    });

    test("LIKE on binary text: case matters, and escaped wildcards are literal", async () => {
      await db().runMany(
        query("addAuthorPlain"),
        ["Like 50%", "like 50%", "Like 500", "Líke"].map((name) => ({ name })),
      );
      const like = async (pattern: string): Promise<unknown[]> =>
        (await db().all(query("authorsLike"), { pattern })).map((row) => row.name);
      expect(await like("Like%")).toEqual(["Like 50%", "Like 500"]);
      expect(await like("Like 50!%")).toEqual(["Like 50%"]);
      expect(await like("L_ke")).toEqual(["Líke"]);
    });

    test("LIKE: a pattern that ends in its escape character is refused, and twice the character is itself", async () => {
      await db().run(query("addAuthorPlain"), { name: "Enough!" });
      const like = (pattern: string): Promise<unknown[]> => db().all(query("authorsLike"), { pattern });
      for (const pattern of ["Enough!", "!", "Enough!!!"])
        expect(like(pattern)).rejects.toThrow("parameter :pattern ends in the escape character of its LIKE");
      expect(await like("Enough!!")).toEqual([{ name: "Enough!" }]);
      expect(await like("Enough!%")).toEqual([]);
    });

    test("a pattern that one engine does not read is refused", async () => {
      const long = `Long${"e".repeat(76)}`;
      await db().run(query("addAuthorPlain"), { name: long });
      const like = (pattern: string) => db().all(query("authorsLike"), { pattern });
      expect(await like(`Long${"%e".repeat(76)}${"%".repeat(424)}`)).toHaveLength(1);
      for (const pattern of [`Long${"%".repeat(501)}`, "%e".repeat(2_000), `${"_".repeat(50_000)}%`])
        expect(like(pattern)).rejects.toThrow("parameter :pattern is the pattern of a LIKE");
      expect(like(`%${"é".repeat(25_000)}`)).rejects.toThrow("parameter :pattern is the pattern of a LIKE");
      expect(await like(`%${"é".repeat(24_999)}`)).toEqual([]);
    });

    test("a statement gets the parameters of its call, whatever happens to their object afterwards", async () => {
      const book = { ...(await db().one(query("book"), { isbn: "all-types" })), author_id: null };
      const one = { ...book, isbn: "given 1", cover: new Uint8Array([1]) };
      const sets = ["given 2", "given 3"].map((isbn) => ({ ...book, isbn, cover: one.cover }));
      const names = ["given"];
      const pending = [db().run(query("addBook"), one), db().runMany(query("addBook"), sets)];
      const found = db().all(query("authors"), { names });
      one.isbn = "changed";
      one.cover[0] = 9;
      for (const set of sets) set.isbn = "changed";
      sets.push(one);
      names[0] = "Ünal 'x' \\ 漢";
      await Promise.all(pending);
      expect(await found).toEqual([]);
      for (const isbn of ["given 1", "given 2", "given 3"])
        expect(await db().one(query("book"), { isbn })).toMatchObject({ isbn, cover: new Uint8Array([1]) });
    });

    test("a key whose numbers are used up is a value that does not fit", async () => {
      await db().run(query("addShelfOfNumber"), { id: 2_147_483_647, code: "last" });
      expect(await kindOf(db().run(query("addShelf"), { code: "more" }))).toBe("value");
    });

    test("a text with a NUL character or half a surrogate pair, and a LIMIT or OFFSET below 0 are refused", async () => {
      for (const name of ["\0", "a\0b", "a\0"])
        expect(await kindOf(db().run(query("addAuthorPlain"), { name }))).toBe("value");
      expect(db().all(query("authorsLike"), { pattern: "a\0%" })).rejects.toThrow("holds a NUL character");
      expect(db().all(query("authors"), { names: ["a", "\0"] })).rejects.toThrow("holds a NUL character");
      for (const name of ["\ud800", "a\udc00", "\udc00\ud800"])
        expect(await kindOf(db().run(query("addAuthorPlain"), { name }))).toBe("value");
      expect(db().all(query("authorsLike"), { pattern: "\ud83d%" })).rejects.toThrow("half a surrogate pair");
      await db().run(query("addAuthorPlain"), { name: "both \ud83d\ude42" });
      expect(await db().all(query("authorsFrom"), { most: 0, from: 0 })).toEqual([]);
      for (const counts of [
        { most: 1, from: -1 },
        { most: -1, from: 0 },
      ])
        expect(db().all(query("authorsFrom"), counts)).rejects.toThrow("is a LIMIT or OFFSET, and below 0");
    });

    test("a day or time that does not exist is refused before an engine reads it", async () => {
      for (const born of ["2024-02-30", "2023-02-29", "0000-00-00", "0000-01-01", "2024-13-01", "2024-01-00"])
        expect(await kindOf(db().run(query("addAuthor"), { name: born, nickname: null, born }))).toBe("value");
      for (const since of ["2024-02-30T00:00:00", "2024-01-15T24:00:00", "2024-01-15 10:60:00", "2024-01-15T10:00:60"])
        expect(db().all(query("booksSince"), { since })).rejects.toThrow("is a day or time that does not exist");
      expect(await db().all(query("booksSince"), { since: "9999-12-31 23:59:59" })).toEqual([]);
    });

    test("maybe and one with no, one and several rows", async () => {
      await db().runMany(query("addAuthorPlain"), [{ name: "only" }, { name: "other" }]);
      expect(await db().maybe(query("author"), { name: "nobody" })).toBeNull();
      expect(await db().maybe(query("author"), { name: "only" })).toMatchObject({ name: "only" });
      expect(db().one(query("author"), { name: "nobody" })).rejects.toThrow(RowCountError);
      expect(db().maybe(query("authors"), { names: ["only", "other"] })).rejects.toThrow(RowCountError);
    });

    test("run counts matched rows even if nothing changes", async () => {
      expect(await db().run(query("addAuthorPlain"), { name: "counted" })).toEqual({ rowsAffected: 1 });
      for (const nickname of ["c", "c"])
        expect(await db().run(query("renameAuthor"), { name: "counted", nickname })).toEqual({ rowsAffected: 1 });
      expect(await db().run(query("renameAuthor"), { name: "nobody", nickname: "c" })).toEqual({ rowsAffected: 0 });
    });

    test("runMany of an upsert: of several sets with one key the last stays, and each set counts once", async () => {
      const names = ["several 1", "several 2", "several 1", "several 3", "several 1"];
      const sets = names.map((name, index) => ({ name, nickname: `n${index}` }));
      await db().run(query("upsertAuthor"), { name: "several 2", nickname: "before" });
      expect(await db().runMany(query("upsertAuthor"), sets)).toBe(sets.length);
      const stored = await Promise.all(
        ["several 1", "several 2", "several 3"].map((name) => db().one(query("author"), { name })),
      );
      expect(stored.map(({ nickname }) => nickname)).toEqual(["n4", "n1", "n3"]);
    });

    test("an upsert updates the row of that key", async () => {
      for (const nickname of ["old", "new"]) await db().run(query("upsertAuthor"), { name: "upserted", nickname });
      expect(await db().one(query("author"), { name: "upserted" })).toMatchObject({ nickname: "new" });
    });

    test("a transaction is all or nothing, and invisible until it commits", async () => {
      const seen = db().transaction(async (tx) => {
        await tx.run(query("addAuthorPlain"), { name: "inside" });
        expect(await tx.maybe(query("author"), { name: "inside" })).not.toBeNull();
        expect(await db().maybe(query("author"), { name: "inside" })).toBeNull();
        throw new Error("changed my mind");
      });
      expect(seen).rejects.toThrow("changed my mind");
      await seen.catch(String);
      expect(await db().maybe(query("author"), { name: "inside" })).toBeNull();
      await db().transaction((tx) => tx.run(query("addAuthorPlain"), { name: "inside" }));
      expect(await db().maybe(query("author"), { name: "inside" })).not.toBeNull();
    });

    test("fifty concurrent transactions that read and then write lose nothing", async () => {
      await db().run(query("upsertAuthor"), { name: "counter", nickname: "0" });
      const increment = async (): Promise<void> => {
        const kind = await kindOf(
          db().transaction(async (tx) => {
            const { nickname } = await tx.one(query("author"), { name: "counter" });
            await tx.run(query("renameAuthor"), { name: "counter", nickname: String(Number(nickname) + 1) });
          }),
        );
        // The engine may refuse one of two conflicting transactions, but must never let both build on the same value.
        if (kind === "conflict" || kind === "lock-timeout" || kind === "too-busy") return increment();
        expect(kind).toBe("no error");
      };
      await Promise.all(Array.from({ length: 50 }, increment));
      expect(await db().one(query("author"), { name: "counter" })).toMatchObject({ nickname: "50" });
    }, 20_000);

    test("runMany is one transaction: one refused row undoes all", async () => {
      const names = [{ name: "many 1" }, { name: "many 2" }, { name: "many 1" }];
      expect(await kindOf(db().runMany(query("addAuthorPlain"), names))).toBe("unique");
      expect(await db().maybe(query("author"), { name: "many 2" })).toBeNull();
      expect(await db().runMany(query("addAuthorPlain"), names.slice(0, 2))).toBe(2);
      expect(await db().runMany(query("addAuthorPlain"), [])).toBe(0);
    });

    test("errors have the same kinds on both engines", async () => {
      const base = {
        isbn: "refused",
        author_id: null,
        title: "",
        price: "0",
        deposit: null,
        weight: null,
        lent: false,
        added_at: "2024-01-01T00:00:00",
        cover: null,
        reads_total: 0,
      };
      await db().run(query("addBook"), base);
      expect(await kindOf(db().run(query("addBook"), base))).toBe("unique");
      expect(await kindOf(db().run(query("addBook"), { ...base, isbn: "refused 2", author_id: 999999 }))).toBe(
        "foreign-key",
      );
    });

    test("a value of another type never reaches the engine", async () => {
      const wrong: [keyof typeof texts, Values, string][] = [
        ["author", { name: 0 }, ":name must be text, got a number"],
        ["author", { name: false }, ":name must be text, got a boolean"],
        ["author", { name: null }, ":name must be text, got null"],
        ["author", {}, ":name is missing"],
        ["author", { name: "x", nickname: null }, "the query takes no parameter :nickname"],
        ["authors", { names: "a" }, ":names must be an array"],
        [
          "booksFrom",
          { least: 5, pattern: "" },
          ':least must be a decimal with at most 4 places, such as decimal("12.50"), got a number',
        ],
        [
          "booksFrom",
          { least: "1.00005", pattern: "" },
          'at most 4 places, such as decimal("12.50"), got text in another format',
        ],
        [
          "booksFrom",
          { least: "1e3", pattern: "" },
          'at most 4 places, such as decimal("12.50"), got text in another format',
        ],
      ];
      for (const [name, params, words] of wrong) expect(db().all(query(name), params)).rejects.toThrow(words);
    });

    test("ping answers", async () => {
      await db().ping();
    });
  });

describe("opening", () => {
  const reach = (options: { port?: number; password?: string; database?: string }): Promise<string> =>
    kindOf(
      openMariadb({
        host: server.host,
        port: server.port,
        user: server.user,
        password: server.password,
        database: "library",
        ...options,
      }),
    );

  test("mariadb: wrong password, missing database, nobody listening", async () => {
    expect(await reach({ password: "wrong" })).toBe("access-denied");
    expect(await reach({ database: "missing" })).toBe("no-such-database");
    expect(await reach({ port: 1 })).toBe("unavailable");
  });

  test("sqlite: a pattern that the statement makes too long", async () => {
    const sqlite = databases.find(({ name }) => name === "sqlite")?.database;
    const begin = "a".repeat(50_000);
    expect(await kindOf(sqlite?.all(query("authorsBegin"), { begin }) ?? Promise.resolve())).toBe("value");
  });

  test("sqlite: a file that is not a database, a folder that does not exist", async () => {
    const path = join(folder, "text.db");
    writeFileSync(
      path,
      "this is no database, only a text that is long enough to be read as a header ...................",
    );
    expect(await kindOf(Promise.resolve().then(() => openSqlite({ path })))).toBe("unavailable");
    expect(await kindOf(Promise.resolve().then(() => openSqlite({ path: join(folder, "none/x.db") })))).toBe(
      "unavailable",
    );
  });
});
