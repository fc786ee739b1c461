// What a program gets to read when it makes a mistake at run time. It names what was wrong, and never a value.
import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrateSqlite } from "../src/migrations/sqlite.ts";
import { compileEncoder } from "../src/runtime/codec/encode.ts";
import { EngineForm } from "../src/runtime/engine-form.ts";
import { DatabaseError } from "../src/runtime/errors.ts";
import type { ParameterProof, Proof, ValueType } from "../src/runtime/proof.ts";
import { createSql } from "../src/runtime/query.ts";
import { openSqlite } from "../src/runtime/sqlite/open.ts";
import type { Database } from "../src/runtime/types.ts";

const folder = mkdtempSync(join(tmpdir(), "sqlproof-errors-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a value of another type", () => {
  const refused = (type: ValueType, value: unknown): string => {
    const parameter: ParameterProof = { name: "n", type, scale: 2, nullable: false, list: false };
    const messages = (["mariadb", "sqlite"] as const).map((engine) => {
      try {
        return String(compileEncoder(parameter, engine)(value));
      } catch (error) {
        return error instanceof Error ? error.message : "";
      }
    });
    expect(messages[0]).toBe(messages[1] ?? "");
    return messages[0] ?? "";
  };

  test.each([
    ["integer", 1.5, "a whole number, got a number with a fraction"],
    ["integer", Number.NaN, "a whole number, got NaN"],
    ["integer", Number.NEGATIVE_INFINITY, "a whole number, got -Infinity"],
    ["integer", 2 ** 53, "a whole number, got a number beyond 2^53"],
    ["integer", 5n, "a whole number, got a bigint"],
    ["bigint", true, "a whole number, got a boolean"],
    ["double", Number.NaN, "a number, got NaN"],
    ["double", "1", "a number, got text"],
    ["decimal", 5, 'a decimal with at most 2 places, such as decimal("12.50"), got a number'],
    ["decimal", "1.005", 'a decimal with at most 2 places, such as decimal("12.50"), got text in another format'],
    ["boolean", 1, "true or false, got a number"],
    ["text", { a: 1 }, "text, got an object"],
    ["text", ["a"], "text, got an array"],
    ["blob", "bytes", "bytes, got text"],
    ["datetime", new Date(0), "a date and time like 2024-01-15T10:30:00, got a Date"],
    ["datetime", "2024-01-15", "a date and time like 2024-01-15T10:30:00, got text in another format"],
    ["date", null, "a date like 2024-01-15, got null"],
  ] as const)("%s: %p", (type, value, words) => {
    expect(refused(type, value)).toBe(`parameter :n must be ${words}`);
  });
});

test("a value that its column does not take: what the column takes is named", () => {
  const encoder = (more: Partial<ParameterProof>) =>
    compileEncoder({ name: "n", type: "text", scale: 2, nullable: false, list: false, ...more }, "mariadb");
  expect(() => encoder({ values: ["open", "done"] })("opened")).toThrow('parameter :n must be one of "open", "done"');
  expect(() => encoder({ length: 3 })("four")).toThrow("parameter :n is longer than the 3 characters of its column");
  expect(encoder({ length: 3 })("🙂🙂🙂")).toBe("🙂🙂🙂");
  const outside = (from: string, to: string): string =>
    `parameter :n does not fit its column, which holds ${from} to ${to}`;
  expect(() => encoder({ type: "integer", range: ["-128", "127"] })(128)).toThrow(outside("-128", "127"));
  expect(() => encoder({ type: "integer", range: ["0", `${Number.MAX_SAFE_INTEGER}`] })(-1)).toThrow(
    "parameter :n is a LIMIT or OFFSET, and below 0",
  );
  expect(() => encoder({ type: "decimal", range: ["-9999", "9999"] })("100")).toThrow(outside("-99.99", "99.99"));
});

describe("as many values in lists as both engines take", () => {
  const parameter = (name: string, list: boolean): ParameterProof => ({
    name,
    type: "integer",
    scale: 0,
    nullable: false,
    list,
  });
  const statement = { parts: ["n = ? AND a IN (", ") AND b IN (", ")"], binds: ["n", "a", "b"] };
  const parameters = [parameter("n", false), parameter("a", true), parameter("b", true)];
  const lists: Proof = {
    kind: "select",
    parameters,
    columns: [],
    statements: { mariadb: statement, sqlite: statement },
  };
  const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index);

  test.each(["mariadb", "sqlite"] as const)("%s", (engine) => {
    const form = new EngineForm(lists, engine, "lists");
    const counts = (a: number, b: number): readonly [values: number, placeholders: number] => {
      const params = { n: 7, a: upTo(a), b: upTo(b) };
      const values = form.values(params);
      expect(values[0]).toBe(7);
      expect(new Set(values.slice(1))).toEqual(new Set(upTo(Math.max(a, b))));
      return [values.length, form.textFor(params).split("?").length - 1];
    };
    expect(counts(3, 0)).toEqual([5, 5]);
    expect(counts(16_384, 0)).toEqual([16_385, 16_385]);
    expect(counts(16_385, 0)).toEqual([32_766, 32_766]);
    expect(counts(32_765, 0)).toEqual([32_766, 32_766]);
    expect(counts(9000, 20_000)).toEqual([32_766, 32_766]);
    const refusal = "the lists have 32766 values, and the query takes 32765: split them";
    for (const [a, b] of [
      [32_766, 0],
      [32_764, 2],
    ] as const)
      expect(() => form.values({ n: 7, a: upTo(a), b: upTo(b) })).toThrow(new DatabaseError("value", refusal));
  });
});

const text = "SELECT 1 AS n";
const proof: Proof = {
  kind: "select",
  parameters: [],
  columns: [{ name: "n", type: "integer", scale: 0, nullable: false }],
  statements: { mariadb: null, sqlite: { parts: [text], binds: [] } },
};
const sql = createSql<{ [text]: { params: unknown; row: { n: number } } }, never>({ [text]: proof });

test.each([":memory:", "closed.db"])("a database that is closed says so: %s", async (name) => {
  const db = openSqlite({ path: name === ":memory:" ? name : join(folder, name) });
  expect(await db.one(sql(text))).toEqual({ n: 1 });
  await db.close();
  const calls: ((closed: Database) => unknown)[] = [
    (closed) => closed.one(sql(text)),
    (closed) => closed.maybe(sql(text)),
    (closed) => closed.all(sql(text)),
    (closed) => closed.run(sql(text)),
    (closed) => closed.runMany(sql(text), [{}]),
    (closed) => closed.transaction(async () => 1),
    (closed) => closed.ping(),
    (closed) => closed.explain?.(text, []),
  ];
  for (const call of calls)
    await expect(Promise.resolve(db).then(call)).rejects.toMatchObject({
      name: "DatabaseError",
      kind: "unavailable",
      message: "The database is closed.",
    });
});

describe("a file that cannot be opened", () => {
  const opened = async (path: string, open: (path: string) => unknown): Promise<unknown> =>
    Promise.resolve(path)
      .then(open)
      .then(
        () => "opened",
        (error: unknown) => error,
      );
  const cannot = (message: string) => ({ kind: "unavailable", code: "SQLITE_CANTOPEN", message });

  test("the folder that is missing is named", async () => {
    const path = join(folder, "none/books.db");
    for (const readOnly of [false, true])
      expect(await opened(path, () => openSqlite({ path, readOnly }))).toMatchObject(
        cannot(`unable to open database file ${path}: there is no folder ${join(folder, "none")}`),
      );
  });

  test("a folder where the file should be", async () => {
    const migrated = (): unknown => migrateSqlite({ folder: join(import.meta.dir, "schema/sqlite"), database: folder });
    for (const open of [() => openSqlite({ path: folder }), migrated])
      expect(await opened(folder, open)).toMatchObject(
        cannot(`unable to open database file ${folder}: it is a folder`),
      );
  });
});
