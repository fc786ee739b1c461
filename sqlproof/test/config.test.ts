// What sqlproof.json may hold, and how a fault in it is named.
import { afterAll, describe, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../src/check/config.ts";
import { jsonFault } from "../src/check/parse/json-fault.ts";

const root = mkdtempSync(join(tmpdir(), "sqlproof-config-"));
const file = join(root, "sqlproof.json");
afterAll(() => rmSync(root, { recursive: true }));

const complete = {
  include: ["src/**/*.ts"],
  migrations: { mariadb: "schema/mariadb", sqlite: "schema/sqlite" },
  proofs: ".sqlproof",
};

/** What the file is refused with; null when it is read. */
function refusal(content: unknown): string | null {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  try {
    readConfig(root);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const include = `"include" in ${file} must be a list of globs, such as ["src/**/*.ts"], got`;
const migrations = `"migrations" in ${file} must be { "mariadb": folder, "sqlite": folder } or only one of them, got`;
const proofs = `"proofs" in ${file} must be a folder, such as ".sqlproof", got`;
const accepted = `"acceptedDifferences" in ${file} must be { how the message begins: reason }, got`;

describe("sqlproof.json", () => {
  test("is read with its optional settings, and without", () => {
    expect(refusal(complete)).toBeNull();
    expect(refusal({ ...complete, migrations: { sqlite: "schema/sqlite" } })).toBeNull();
    expect(refusal(`\ufeff${JSON.stringify({ ...complete, bigint: true })}`)).toBeNull();
    expect(readConfig(root).bigint).toBe(true);
    expect(refusal({ ...complete, acceptedDifferences: { "column a.b": "one row" } })).toBeNull();
    expect([...readConfig(root).acceptedDifferences]).toEqual([["column a.b", "one row"]]);
  });

  test("proofs are in a folder of their own", () => {
    expect(refusal({ ...complete, proofs: "." })).toBe(
      `"proofs" in ${file} must be a folder of its own: . holds sqlproof.json.`,
    );
    mkdirSync(join(root, "own/generated"), { recursive: true });
    writeFileSync(join(root, "own/README.md"), "");
    expect(refusal({ ...complete, proofs: "own" })).toBeNull();
    writeFileSync(join(root, "own/main.ts"), "");
    expect(refusal({ ...complete, proofs: "own" })).toContain("own holds main.ts.");
  });

  test.each([
    ["include", "src/**", `${include} "src/**".`],
    ["include", [], `${include} [].`],
    ["include", ["a.ts", 1], `${include} ["a.ts",1].`],
    ["include", undefined, `${include} nothing.`],
    ["migrations", {}, `${migrations} {}.`],
    ["migrations", "schema", `${migrations} "schema".`],
    ["migrations", null, `${migrations} null.`],
    ["migrations", undefined, `${migrations} nothing.`],
    ["migrations", { mariadb: 1 }, `${migrations} {"mariadb":1}.`],
    ["migrations", { mariadb: "a", sqlite: "" }, `${migrations} {"mariadb":"a","sqlite":""}.`],
    ["migrations", ["a"], `${migrations} ["a"].`],
    ["proofs", "", `${proofs} "".`],
    ["proofs", undefined, `${proofs} nothing.`],
    ["bigint", "yes", `"bigint" in ${file} must be true or false, got "yes".`],
    ["acceptedDifferences", ["x"], `${accepted} ["x"].`],
    ["acceptedDifferences", { x: " " }, `${accepted} {"x":" "}.`],
    ["acceptedDifferences", "x".repeat(90), `${accepted} "${"x".repeat(56)}...`],
  ])("%s: %p is refused, with what is expected", (field, value, expected) => {
    expect(refusal({ ...complete, [field]: value })).toBe(expected);
  });

  test.each([
    [{ bigInt: true }, `"bigInt" in ${file} is no setting: write "bigint".`],
    [{ acceptedDifference: {} }, `"acceptedDifference" in ${file} is no setting: write "acceptedDifferences".`],
    [
      { target: 1 },
      `"target" in ${file} is no setting: it has "include", "migrations", "proofs", "acceptedDifferences", "bigint".`,
    ],
    [{ migrations: { MariaDB: "a" } }, `"migrations.MariaDB" in ${file} is no setting: write "mariadb".`],
    [
      { migrations: { sqlite: "a", postgres: "b" } },
      `"migrations.postgres" in ${file} is no setting: it has "mariadb", "sqlite".`,
    ],
  ])("%p is refused, with the nearest setting", (more, expected) => {
    expect(refusal({ ...complete, ...more })).toBe(expected);
  });

  test.each(["[]", "null", '"a"', "1"])("%s is not an object", (text) => {
    expect(refusal(text)).toStartWith(`${file} must be one object { .. }: it needs "include"`);
  });

  test("what is not JSON is refused at its line and column", () => {
    expect(refusal('{\n  "include": ["*.ts"],\n  "proofs": "a",\n}')).toBe(
      `${file}:4:1: a comma before "}", which JSON does not allow: remove it.`,
    );
  });
});

describe("the first place where a text is not JSON", () => {
  test.each([
    ["", 0, "expected a value, found the end of the file"],
    ["{", 1, 'expected a name in double quotes or "}", found the end of the file'],
    ['{"a": 1 "b": 2}', 8, 'expected "," or "}", found "b"'],
    ['{"a" 1}', 5, 'expected ":", found 1'],
    ['{"a": [1 2]}', 9, 'expected "," or "]", found 2'],
    ["[1,]", 3, 'a comma before "]", which JSON does not allow: remove it'],
    ["{'a': 1}", 1, 'expected a name in double quotes or "}", found \''],
    ["{a: 1}", 1, 'expected a name in double quotes or "}", found a'],
    ['{"a": yes}', 6, "expected a value, found yes"],
    ['{"a": 01}', 7, 'expected "," or "}", found 1'],
    ['{"a": "x\ny"}', 8, "a text ends on the line that it begins on: close it, or write \\n"],
    ['{"a": "x', 8, 'expected ", found the end of the file'],
    ['{"a": "\\x"}', 7, "\\x, which JSON does not know: write \\\\ for one \\"],
    ['{ // why\n "a": 1}', 2, "a comment, which JSON does not allow: remove it"],
    ["{} {}", 3, "expected the end of the file, found {"],
    ['{"a": 1, "b": {"a": 2}, "a": 3}', 24, '"a" is given twice'],
  ])("%p", (text, offset, message) => {
    expect(jsonFault(text)).toEqual({ offset, message });
  });

  test.each(['{"a":[1,-0.5e+3,true,false,null,"\\u00e9\\n\\"",[],{}], "b":{"a":1}}', " [ ] \r\n\t", '"\u2028 é 𝒳"'])(
    "%p is JSON",
    (text) => {
      expect(jsonFault(text)).toBeNull();
      expect(() => JSON.parse(text)).not.toThrow();
    },
  );
});
