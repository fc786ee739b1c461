// The package as a user gets it: packed, installed into an empty folder by the commands of the README, and used on
// Node and on Bun.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { contractProgram } from "./packed/contract.ts";
import { blocksOf, EmptyFolder, type Ran } from "./packed/install.ts";

const { commands, others } = blocksOf("Quick start");
const [install = "", schema = "", program = "", start = "", onMariadbOnly = "", onSqliteOnly = ""] = commands;
const [expected = "", refusal = "", onSqlite = ""] = others;
const cli = "node_modules/sqlproof/dist/cli.js";
const runtimes = ["node", "bun"] as const;
let folder: EmptyFolder;
let server: PrivateMariadb;

beforeAll(async () => {
  folder = new EmptyFolder();
  const began = performance.now();
  expect(folder.shell(install)).toMatchObject({ code: 0 });
  console.log(`measured: the installation took ${Math.round((performance.now() - began) / 1000)} s`);
  server = await startPrivateMariadb();
}, 300_000);

afterAll(async () => {
  await server.stop();
  folder.remove();
});

function serverAccount() {
  const { host, port, user, password } = server;
  return { host, port, user, password };
}

function account(): Record<string, string> {
  return { MARIADB_PORT: String(server.port), MARIADB_PASSWORD: server.password };
}

/** A check that would fail if it started a MariaDB. */
const withoutServer = { PRIVATE_MARIADB_TEMPLATE: "/there/is/none" };

function removeLibrary(): void {
  for (const end of ["", "-wal", "-shm"]) rmSync(join(folder.path, `library.db${end}`), { force: true });
}

describe("the quick start of the README, as written", () => {
  test("every block succeeds, and the program prints what it promises", () => {
    expect(commands).toHaveLength(6);
    const began = performance.now();
    for (const block of [schema, program]) expect(folder.shell(block)).toMatchObject({ code: 0 });
    const { code, said } = folder.shell(start);
    expect([code, said]).toEqual([0, expect.stringContaining("3 queries proven on MariaDB and SQLite")]);
    expect(said).toContain(expected);
    console.log(`measured: the rest of the quick start took ${Math.round((performance.now() - began) / 1000)} s`);
  });

  test.each(runtimes)("the program runs with %s, on SQLite and on MariaDB", (runtime) => {
    removeLibrary();
    for (const env of [{}, account()]) {
      const { code, said } = folder.shell(`${runtime} src/library.ts`, env);
      expect([code, said]).toEqual([0, expect.stringContaining(expected)]);
    }
  });

  test("where there is no Node, Bun checks: the proofs are the same", () => {
    const { code, said } = folder.shell("bunx --bun sqlproof check --frozen");
    expect([code, said]).toEqual([0, expect.stringContaining("3 queries proven on MariaDB and SQLite")]);
  });

  test("a typo is reported with place and engine, and does not compile", () => {
    const text = readFileSync(join(folder.path, "src/library.ts"), "utf8");
    folder.write("src/library.ts", text.replace("SELECT id, title", "SELECT id, titel"));
    const refused = folder.shell("npm run check");
    expect(refused.code).toBe(1);
    for (const line of refusal.trim().split("\n").slice(1)) expect(refused.said).toContain(line);
    expect(folder.shell("npx --no-install tsc").said).toContain("MariaDB 1054: Unknown column 'titel' in 'SELECT'");
    folder.write("src/library.ts", text);
    expect(folder.shell("npm run check && npx --no-install tsc").code).toBe(0);
  });

  test("one engine: MariaDB only, as written; then its own functions are allowed, and SQLite is not loaded", () => {
    const { code, said } = folder.shell(onMariadbOnly);
    expect([code, said]).toEqual([0, expect.stringContaining("3 queries proven on MariaDB (")]);
    for (const runtime of runtimes) {
      expect(folder.shell(`${runtime} src/library.ts`, account()).said).toContain(expected);
      expect(folder.shell(`${runtime} src/library.ts || true`).said).toContain("proven on MariaDB only");
    }
    const text = readFileSync(join(folder.path, "src/library.ts"), "utf8");
    folder.write("src/library.ts", text.replace("ORDER BY title`", "ORDER BY UPPER(CONCAT(title, NOW()))`"));
    const checked = folder.run([folder.node, "--no-experimental-sqlite", cli, "check"]);
    expect([checked.code, checked.said]).toEqual([0, expect.stringContaining("3 queries proven on MariaDB (")]);
    folder.write("src/library.ts", text);
  });

  test("one engine: SQLite only, as written; no MariaDB is started, and MariaDB is refused", () => {
    const { code, said } = folder.shell(onSqliteOnly, withoutServer);
    expect([code, said]).toEqual([0, expect.stringContaining("2 queries proven on SQLite (")]);
    expect(said).toContain(onSqlite);
    const onBun = folder.shell(`rm small.db; bun ${cli} check && bun src/library.ts`, withoutServer);
    expect([onBun.code, onBun.said]).toEqual([0, expect.stringContaining(onSqlite)]);
    const text = readFileSync(join(folder.path, "src/library.ts"), "utf8");
    const elsewhere = text
      .replace("{ createSql, openSqlite }", "{ createSql }")
      .replace(/^import { migrateSqlite.*$/m, 'import { openMariadb } from "sqlproof/mariadb";')
      .replace(/^await migrateSqlite.*$/m, "")
      .replace(/openSqlite\(.*\)/, `openMariadb(${JSON.stringify({ ...serverAccount(), database: "library" })})`)
      .replace("const db = ", "const db = await ");
    folder.write("src/elsewhere.ts", elsewhere);
    for (const runtime of runtimes)
      expect(folder.shell(`${runtime} src/elsewhere.ts || true`).said).toContain("proven on SQLite only");
    rmSync(join(folder.path, "src/elsewhere.ts"));
  });
});

describe("the command line", () => {
  test("needs no program on the PATH", () => {
    for (const engine of ["mariadb", "sqlite"]) {
      const settings = { include: ["src/*.ts"], migrations: { [engine]: `schema/${engine}` }, proofs: ".sqlproof" };
      folder.write("sqlproof.json", JSON.stringify(settings));
      const { code, said } = folder.run([folder.node, cli, "check"], { PATH: "" });
      expect([code, said]).toEqual([0, expect.stringContaining("2 queries proven on")]);
    }
  });

  test("help and misuse", () => {
    expect(folder.shell("npx --no-install sqlproof --help").said).toContain("Usage: sqlproof check");
    expect(folder.shell("npx --no-install sqlproof --version").said).toBe("sqlproof 0.1.0\n");
    const misused = folder.shell("npx --no-install sqlproof prove");
    expect([misused.code, misused.said]).toEqual([2, expect.stringContaining('"prove" is no command')]);
  });

  test("an older Node is refused in one sentence", () => {
    for (const version of ["20.19.0", "22.17.1"]) {
      const older = `Object.defineProperty(process.versions, "node", { value: "${version}" });`;
      const { code, said } = folder.run([folder.node, "-e", `${older} import("./${cli}")`]);
      expect([code, said]).toEqual([
        2,
        `sqlproof: this is Node ${version}: install Node 22.18 or later, or Bun 1.4.5 or later\n`,
      ]);
    }
  });
});

test("on Node and on Bun, SQLite answers, fails and reports the same, and on Node it agrees with MariaDB", () => {
  const inside = "contract";
  cpSync(join(import.meta.dir, "schema"), join(folder.path, inside, "schema"), { recursive: true });
  const migrations = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };
  folder.write(`${inside}/sqlproof.json`, JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
  folder.write(`${inside}/contract.ts`, contractProgram);
  const checked = folder.shell("npx --no-install sqlproof check", {}, inside);
  expect([checked.code, checked.said]).toEqual([0, expect.stringContaining("12 queries proven")]);
  const compared = folder.shell("npx --no-install sqlproof differential --rows 20 --rounds 3", {}, inside);
  expect([compared.code, compared.said]).toEqual([0, expect.stringContaining("the engines agree: 12 queries")]);
  const lines = ({ said }: Ran): string[] => said.split("\n").filter((line) => !/^\(|ExperimentalWarning/.test(line));
  const [onNode, onBun] = runtimes.map((runtime) => {
    const ran = folder.shell(`rm -f *.db *.db-*; ${runtime} contract.ts`, {}, inside);
    expect([ran.code, ran.said]).toEqual([0, expect.stringContaining("no tables")]);
    return lines(ran);
  });
  expect(onNode).toEqual(onBun ?? []);
  expect(onNode).toContain(
    'exact decimal {"isbn":"2","price":"922337203685477.5807","deposit":null,"weight":3,"lent":false,"added_at":"2026-01-02T03:04:05","cover":null,"reads_total":4503599627370496}',
  );
  expect(onNode).toContain("unique DatabaseError unique SQLITE_CONSTRAINT_UNIQUE UNIQUE constraint failed: books.isbn");
});
