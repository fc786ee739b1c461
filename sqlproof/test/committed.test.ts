// What a project commits: the proofs and their manifest. What is missing, damaged or foreign there is named.
import { afterAll, describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../src/check/check.ts";
import type { Config } from "../src/check/config.ts";
import { errorLines, head, project, queries, removeProjects, write } from "./fixture.ts";

afterAll(removeProjects);

const onSqlite = { sqlite: "schema/sqlite" };

function check(config: Config, frozen = false): Promise<Report> {
  return checkOnEngines(config, { frozen });
}

async function proven(): Promise<Config> {
  const config = project(queries, onSqlite);
  expect(errorLines(await check(config))).toEqual([]);
  return config;
}

/** What both commands of a CI say. */
async function inCi(config: Config): Promise<[frozen: string[], offline: string[]]> {
  return [errorLines(await check(config, true)), errorLines(checkOffline(config))];
}

describe("the manifest", () => {
  test("that was not committed with the queries is named, and so is one that is damaged", async () => {
    const config = await proven();
    rmSync(join(config.proofs, "manifest.json"));
    const missing = ".sqlproof/manifest.json is missing: commit it with .sqlproof/queries; run: npm run check";
    expect(await inCi(config)).toEqual([[missing], [missing]]);
    const damaged = ".sqlproof/manifest.json was edited or damaged; run: npm run check";
    for (const text of ["{", "[]", '{"format":1}', "<<<<<<< HEAD"]) {
      write(config.root, ".sqlproof/manifest.json", text);
      expect(await inCi(config)).toEqual([[damaged], [damaged]]);
    }
    expect(errorLines(await check(config))).toEqual([]);
    expect(await inCi(config)).toEqual([[], []]);
  });

  test("of a project without any proof: nothing is proven yet", async () => {
    const config = project("", onSqlite);
    const nothing = ["nothing is proven yet; run: npm run check"];
    expect(await inCi(config)).toEqual([nothing, nothing]);
  });
});

test("the generated folder keeps itself out of git, until a project decides otherwise", async () => {
  const config = await proven();
  const ignored = join(config.proofs, "generated/.gitignore");
  expect(readFileSync(ignored, "utf8")).toBe("*\n");
  rmSync(ignored);
  expect(errorLines(await check(config))).toEqual([]);
  expect(existsSync(ignored)).toBe(false);
});

test("a file beside the proofs that is none is neither read nor deleted", async () => {
  const config = await proven();
  write(config.root, ".sqlproof/queries/books.ts", "export const mine = 1;\n");
  expect(errorLines(await check(config))).toEqual([]);
  expect(await inCi(config)).toEqual([[], []]);
  expect(readdirSync(join(config.proofs, "queries"))).toContain("books.ts");
});

test("an edited proof is named by its path in the project", async () => {
  const config = await proven();
  const [name = ""] = readdirSync(join(config.proofs, "queries"));
  write(config.root, `.sqlproof/queries/${name}`, "{}");
  expect(errorLines(checkOffline(config))).toContain(
    `.sqlproof/queries/${name} was edited or damaged; run: npm run check`,
  );
});

describe("--frozen says at its place what is not committed", () => {
  const gone = "SELECT id, price, deposit FROM books WHERE id = :id";

  test("a query that is new, one that is gone, and both of a query that changed", async () => {
    const config = await proven();
    const more = "export const m = sql(`SELECT id FROM authors ORDER BY id`);\n";
    const notCommitted = "the proof of this SQL is not committed; run: npm run check";
    write(config.root, "program.ts", `${head}${queries}${more}`);
    expect(errorLines(await check(config, true))).toEqual([`program.ts:8:22: ${notCommitted}`]);
    write(config.root, "program.ts", `${head}${queries.replace("price, deposit", "deposit")}`);
    expect(errorLines(await check(config, true))).toEqual([
      `a proof is left over from a query that is gone: ${gone}; run: npm run check`,
      `program.ts:5:29: ${notCommitted}`,
    ]);
    expect(errorLines(checkOffline(config))).toEqual([
      `a proof is left over from a query that is gone: ${gone}; run: npm run check`,
      "program.ts:5:29: this SQL is not verified; run: npm run check",
    ]);
  });

  test("a query that the engines refuse gets their message alone", async () => {
    const config = await proven();
    const file = "schema/sqlite/0001_library.sql";
    write(config.root, file, readFileSync(join(config.root, file), "utf8").replaceAll("deposit", "pledge"));
    expect(errorLines(await check(config, true))).toEqual([
      "the migrations for SQLite changed since the proofs were made; run: npm run check",
      "program.ts:5:48: SQLite: no such column: deposit",
    ]);
  });

  test("a query of which the engines report something else now", async () => {
    const config = await proven();
    const file = "schema/sqlite/0001_library.sql";
    const before = readFileSync(join(config.root, file), "utf8");
    write(config.root, file, before.replace("deposit INTEGER", "deposit INTEGER NOT NULL"));
    expect(errorLines(await check(config, true))).toEqual([
      "the migrations for SQLite changed since the proofs were made; run: npm run check",
      "program.ts:5:29: the committed proof differs from what the engines report now; run: npm run check",
    ]);
  });
});
