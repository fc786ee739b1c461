// Constant fragments in complete projects: the text that is proven is the text that runs, and nothing else compiles.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkOffline, checkOnEngines, type Report } from "../src/check/check.ts";
import type { Config } from "../src/check/config.ts";
import { watchProject } from "../src/check/watch.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { compile, errorLines, project, removeProjects, write } from "./fixture.ts";

let server: PrivateMariadb;

beforeAll(async () => {
  server = await startPrivateMariadb();
}, 60_000);

afterAll(async () => {
  await server.stop();
  removeProjects();
});

function connection() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

async function check(config: Config): Promise<Report> {
  return checkOnEngines(config, { frozen: false, server: connection() });
}

/** Holes are written `@{name}` here, because the tests' own templates would evaluate them. */
function holes(source: string): string {
  return source.replaceAll("@{", "$" + "{");
}

const fragments = holes(`const money = "price, deposit";
export const columns = \`id,
  @{money}\`;
export const byId = \`WHERE id = :id\`;
`);

const program = holes(`import { byId, columns as bookColumns } from "./fragments.ts";
const sorted = \`ORDER BY id\` as const;
export const bookById = sql(\`SELECT @{bookColumns} FROM books @{byId}\`);
export const books = sql(\`SELECT @{bookColumns} FROM books @{sorted}\`);
export const pair = sql({ mariadb: \`SELECT @{bookColumns} FROM books @{byId}\`, sqlite: \`SELECT @{bookColumns} FROM books WHERE +id = :id\` });
console.log(JSON.stringify([bookById.text, books.text]));
`);

/** A project of a program and a file that holds only fragments. */
function folded(text = program, shared = fragments): Config {
  const config = project(text);
  write(config.root, "fragments.ts", shared);
  return config;
}

const texts = [
  "SELECT id,\n  price, deposit FROM books WHERE id = :id",
  "SELECT id,\n  price, deposit FROM books ORDER BY id",
];

describe("constant fragments", () => {
  test("the proof, the types and the program have the text that runs", async () => {
    const config = folded();
    expect(await check(config)).toMatchObject({ queries: 3, pairs: 1, errors: [], projectErrors: [] });
    const folder = join(config.proofs, "queries");
    const proven = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")).text);
    for (const text of texts) expect(proven).toContain(text);
    expect(compile(config)).toBe("");
    expect(errorLines(checkOffline(config))).toEqual([]);
    const ran = Bun.spawnSync([process.execPath, "program.ts"], { cwd: config.root });
    expect(JSON.parse(ran.stdout.toString())).toEqual(texts);
  });

  test("a finding in a fragment is reported at its name in the call and at the place in the fragment", async () => {
    const config = folded(program, fragments.replace("deposit", "depositt"));
    const found = errorLines(await check(config));
    const inside = "MariaDB 1054: Unknown column 'depositt' in 'SELECT' (in the fragment at fragments.ts:1:23)";
    expect(found).toContain(`program.ts:6:39: ${inside}`);
    expect(found).toContain(`program.ts:7:36: ${inside}`);
    expect(compile(config)).toContain("MariaDB 1054: Unknown column 'depositt' in 'SELECT'");
  });

  test("a finding after a fragment is reported at its own place", async () => {
    const config = folded(program.replace("} FROM books $", "} FROM boooks $"));
    expect(errorLines(await check(config)).join("\n")).toContain("program.ts:6:57: SQLite: no such table: boooks");
  });

  test("a changed fragment leaves its queries without a proof", async () => {
    const config = folded();
    await check(config);
    write(config.root, "fragments.ts", fragments.replace(", deposit", ""));
    expect(errorLines(checkOffline(config))).toContain("program.ts:6:29: this SQL is not verified; run: npm run check");
    expect(compile(config)).toContain("This SQL is not verified: run npm run check");
  });

  test("check --watch notices a change in a file that only holds fragments", async () => {
    const config = folded();
    const end = new AbortController();
    const reports: string[][] = [];
    await watchProject(config, {
      server: connection(),
      signal: end.signal,
      onReport(report) {
        reports.push(errorLines(report));
        if (reports.length === 1) write(config.root, "fragments.ts", fragments.replace("deposit", "depositt"));
        else if (reports.length === 2) write(config.root, "fragments.ts", fragments);
        else end.abort();
      },
    });
    expect([reports[0], reports[2]]).toEqual([[], []]);
    expect(reports[1]?.join("\n")).toContain("Unknown column 'depositt' in 'SELECT'");
  }, 30_000);
});

describe("a text that is not constant is refused by the checker and does not compile", () => {
  const query = "export const query = sql(`SELECT @{x} FROM books WHERE id = :id`);";
  const call = query.slice(query.indexOf("sql("));
  const wrong: Readonly<Record<string, string>> = {
    "a let": `let x = "price"; x = "id"; ${query}`,
    "a const of type string": `const x: string = "price"; ${query}`,
    "a const that a function makes": `const x = String("price"); ${query}`,
    "a const that is asserted": `const x = "price" as string; ${query}`,
    "a conditional const": `const x = Math.random() > 0.5 ? "price" : "deposit"; ${query}`,
    "a call": query.replace("{x}", '{String("price")}'),
    "a property": `const f = { x: "price" } as const; ${query.replace("{x}", "{f.x}")}`,
    "a conditional": query.replace("{x}", '{Math.random() > 0.5 ? "price" : "deposit"}'),
    "a parameter": `export const make = (x: string) => ${call}`,
    "a parameter of a literal type": `export const make = (x: "price") => ${call}`,
    "a local const": `export function make() { const x = "price"; return ${call} }`,
    "a circle": `const x = \`@{y}\`; const y = \`@{x}\`; ${query}`,
    "a fragment of a let": `let y = "price"; y = "id"; const x = \`@{y}\`; ${query}`,
    "a declared const": `declare const x: "price"; ${query}`,
    "a const that is joined": `const x = "id" + String(", price"); ${query}`,
  };
  test("each with an error at its line", async () => {
    // Every line gets its own names.
    const lines = Object.values(wrong).map((statement, index) =>
      holes(statement).replaceAll(/\b(x|y|f|make|query)\b/g, `$1${index}`),
    );
    const config = folded(`${lines.join("\n")}\n`);
    const [found, compiled] = [errorLines(await check(config)), compile(config)];
    const firstLine = 4;
    for (const [index, name] of Object.keys(wrong).entries()) {
      const line = firstLine + index;
      const findings = found.filter((error) => error.startsWith(`program.ts:${line}:`));
      expect([name, ...findings]).toEqual([name, expect.stringMatching(/constant|something else|contains itself/)]);
      const errors = compiled.split("\n").filter((error) => error.startsWith(`program.ts(${line},`));
      expect(`${name}: ${errors.join(" ")}`).toContain("This SQL is not verified: run npm run check");
    }
    expect(found).toHaveLength(lines.length);
  }, 30_000);
});
