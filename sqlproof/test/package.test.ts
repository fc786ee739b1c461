// The package as a user gets it: packed, installed into an empty folder, and used on an unrelated schema.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const source = join(import.meta.dir, "..");
const folder = mkdtempSync(join(tmpdir(), "sqlproof-package-"));
/** The program of Node, which sqlproof supports from 22.18 on, as a package of npm. */
const node = `node-${process.platform}-${process.arch}@22.23.5`;
const rootPackage: unknown = JSON.parse(readFileSync(join(source, "../package.json"), "utf8"));

const files = {
  "sqlproof.json": JSON.stringify({
    include: ["src/**/*.ts"],
    migrations: { mariadb: "db/mariadb", sqlite: "db/sqlite" },
    proofs: ".sqlproof",
  }),
  "db/mariadb/0001_clinic.sql": `
    CREATE TABLE pets (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      name VARCHAR(40) COLLATE utf8mb4_nopad_bin NOT NULL,
      chipped TINYINT(1) NOT NULL DEFAULT 0
    ) CHARACTER SET utf8mb4;
    CREATE TABLE visits (
      id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
      pet_id INT NOT NULL,
      seen_at DATETIME NOT NULL,
      fee DECIMAL(9,2) NULL,
      FOREIGN KEY (pet_id) REFERENCES pets (id)
    ) CHARACTER SET utf8mb4;`,
  "db/sqlite/0001_clinic.sql": `
    CREATE TABLE pets (
      id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      chipped INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE TABLE visits (
      id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
      pet_id INTEGER NOT NULL REFERENCES pets (id),
      seen_at TEXT NOT NULL,
      fee INTEGER
    ) STRICT;`,
  "src/clinic.ts": `import { createSql, dateTime, decimal, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { type Failures, proofs, type Queries } from "../.sqlproof/generated/queries.ts";

const sql = createSql<Queries, Failures>(proofs);
const addPet = sql(\`INSERT INTO pets (name, chipped) VALUES (:name, :chipped) RETURNING id\`);
const addVisit = sql(\`INSERT INTO visits (pet_id, seen_at, fee) VALUES (:pet_id, :seen_at, :fee)\`);
const visits = sql(\`
  SELECT p.name, p.chipped, v.seen_at, v.fee
  FROM pets p LEFT JOIN visits v ON v.pet_id = p.id WHERE p.name IN (:names...) ORDER BY p.name, v.id
\`);

await migrateSqlite({ folder: "db/sqlite", database: "clinic.db" });
const db = openSqlite({ path: "clinic.db" });
await db.transaction(async (tx) => {
  const { id } = await tx.one(addPet, { name: "Rex", chipped: true });
  await tx.one(addPet, { name: "Ada", chipped: false });
  await tx.run(addVisit, { pet_id: id, seen_at: dateTime("2026-01-02T03:04:05"), fee: decimal("12.5") });
});
console.log(JSON.stringify(await db.all(visits, { names: ["Rex", "Ada", "nobody"] })));
await db.close();
`,
  // What \`bun init\` writes, as far as it matters here.
  "tsconfig.json": JSON.stringify({
    compilerOptions: {
      ...{ target: "ESNext", module: "Preserve", moduleDetection: "force", moduleResolution: "bundler" },
      ...{ allowImportingTsExtensions: true, verbatimModuleSyntax: true, noEmit: true, strict: true },
      ...{ skipLibCheck: true, noUncheckedIndexedAccess: true, noImplicitOverride: true, types: ["bun"] },
    },
    include: ["src"],
  }),
};

interface Ran {
  readonly code: number;
  readonly said: string;
}

function run(...command: string[]): Ran {
  const path = `${join(folder, "node_modules/.bin")}:${process.env.PATH}`;
  const done = Bun.spawnSync(command, { cwd: folder, env: { ...process.env, CI: "", PATH: path } });
  return { code: done.exitCode, said: `${done.stdout}${done.stderr}` };
}

/** The version of a tool that this repository pins. */
function pinned(name: string): string {
  const listed =
    typeof rootPackage === "object" && rootPackage !== null && "devDependencies" in rootPackage
      ? new Map<string, unknown>(Object.entries(rootPackage.devDependencies ?? {}))
      : new Map<string, unknown>();
  return `${name}@${listed.get(name)}`;
}

/** Packs a copy: while it is packed, the package.json names other files. */
function packedIn(destination: string): string {
  const copy = mkdtempSync(join(tmpdir(), "sqlproof-copy-"));
  try {
    const root = join(source, "..");
    cpSync(source, join(copy, "sqlproof"), { recursive: true });
    cpSync(join(root, "tsconfig.json"), join(copy, "tsconfig.json"));
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    const pack = ["npm", "pack", "--silent", "--pack-destination", destination];
    const packed = Bun.spawnSync(pack, { cwd: join(copy, "sqlproof") });
    if (packed.exitCode !== 0) throw new Error(`${packed.stdout}${packed.stderr}`);
    return packed.stdout.toString().trim();
  } finally {
    rmSync(copy, { recursive: true });
  }
}

beforeAll(() => {
  const tarball = packedIn(folder);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "clinic", private: true, type: "module", allowScripts: { bun: true } }),
  );
  const tools = [node, pinned("bun"), pinned("@types/bun"), pinned("typescript")];
  // Under the real clock, even if this test runs under another: certificates and caches depend on it.
  const install = ["env", "LD_PRELOAD=", "npm", "install", "--no-audit", "--no-fund", `./${tarball}`, ...tools];
  const installed = run(...install);
  if (installed.code !== 0) throw new Error(installed.said);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("sqlproof in an empty folder, on an unrelated schema", () => {
  const check = (...options: string[]): Ran => run("npx", "--no-install", "sqlproof", "check", ...options);

  test("check proves, and the program compiles and runs", () => {
    const proven = check();
    expect([proven.code, proven.said]).toEqual([0, expect.stringContaining("3 queries proven on MariaDB and SQLite")]);
    expect(run("npx", "--no-install", "tsc")).toEqual({ code: 0, said: expect.not.stringContaining("error") });
    for (const runtime of ["bun", "node"]) {
      const ran = run(runtime, "src/clinic.ts");
      expect([runtime, ran.code, ran.said]).toEqual([
        runtime,
        0,
        expect.stringContaining(
          '[{"name":"Ada","chipped":false,"seen_at":null,"fee":null},{"name":"Rex","chipped":true,"seen_at":"2026-01-02T03:04:05","fee":"12.50"}]',
        ),
      ]);
      rmSync(join(folder, "clinic.db"));
    }
    expect(check("--offline").said).toContain("3 queries match their proofs");
  });

  test("a typo is reported with place and engine, and does not compile", () => {
    const path = join(folder, "src/clinic.ts");
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace("v.fee", "v.fees"));
    const refused = check();
    expect(refused.code).toBe(1);
    expect(refused.said).toMatch(/src\/clinic\.ts:\d+:\d+: MariaDB 1054: Unknown column 'v\.fees' in 'SELECT'/);
    expect(run("npx", "--no-install", "tsc").said).toContain("MariaDB 1054: Unknown column 'v.fees' in 'SELECT'");
    writeFileSync(path, text);
  });

  test("help and misuse", () => {
    expect(run("npx", "--no-install", "sqlproof", "--help").said).toContain("Usage: sqlproof check");
    const misused = run("npx", "--no-install", "sqlproof", "prove");
    expect([misused.code, misused.said]).toEqual([2, expect.stringContaining("the command is: check")]);
  });
});
