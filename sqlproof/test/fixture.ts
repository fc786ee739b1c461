import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Report } from "../src/check/check.ts";
import { type Config, readConfig } from "../src/check/config.ts";

/*
 * For tests: a separate project in an empty folder, on the library schema, with this package as a dependency.
 */

const source = join(import.meta.dir, "..");
const typescript = join(source, "../node_modules/.bin/tsc");

/** Three queries, each on its own line. */
export const queries = `
export const bookById = sql(\`SELECT id, price, deposit FROM books WHERE id = :id\`);
export const booksBy = sql(\`SELECT id FROM books WHERE author_id IN (:authors...) ORDER BY id\`);
export const addAuthor = sql(\`INSERT INTO authors (name) VALUES (:name)\`);
`;

/** The beginning of every program. */
export const head = `import { createSql } from "sqlproof";
import { type Failures, proofs, type Queries } from "./.sqlproof/generated/queries.ts";
const sql = createSql<Queries, Failures>(proofs);
`;

const folders: string[] = [];

const bothEngines = { mariadb: "schema/mariadb", sqlite: "schema/sqlite" };

/** Creates the project, for both engines or one; `removeProjects` deletes it. */
export function project(program = queries, migrations: Partial<typeof bothEngines> = bothEngines): Config {
  const root = mkdtempSync(join(tmpdir(), "sqlproof-project-"));
  folders.push(root);
  cpSync(join(import.meta.dir, "schema"), join(root, "schema"), { recursive: true });
  mkdirSync(join(root, "node_modules"));
  for (const name of ["mariadb", "oxc-parser", "@types", "bun-types"])
    Bun.spawnSync(["ln", "-s", join(source, "../node_modules", name), join(root, "node_modules", name)]);
  Bun.spawnSync(["ln", "-s", source, join(root, "node_modules/sqlproof")]);
  write(root, "sqlproof.json", JSON.stringify({ include: ["*.ts"], migrations, proofs: ".sqlproof" }));
  write(root, "program.ts", head + program);
  return readConfig(root);
}

/** Writes a file of a project. */
export function write(root: string, file: string, content: string): void {
  writeFileSync(join(root, file), content);
}

/** Deletes every project created so far. */
export function removeProjects(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** The lines that are printed for a report. */
export function errorLines(report: Report): string[] {
  return [
    ...report.projectErrors,
    ...report.errors.map(({ location, message }) => `${location.file}:${location.line}:${location.column}: ${message}`),
  ];
}

/** The compiler's output for the project's program. */
export function compile(config: Config): string {
  const flags = ["--noEmit", "--strict", "--target", "esnext", "--module", "esnext", "--moduleResolution", "bundler"];
  const run = Bun.spawnSync(
    [
      typescript,
      ...flags,
      "--types",
      "bun",
      "--skipLibCheck",
      "--allowImportingTsExtensions",
      "--preserveSymlinks",
      "program.ts",
    ],
    { cwd: config.root },
  );
  return run.stdout.toString();
}
