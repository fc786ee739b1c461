import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readConfig } from "../../src/check/config.ts";
import { readProvenProject } from "../../src/differential/proven-project.ts";
import { readMigrations } from "../../src/migrations/files.ts";
import type { Texts } from "../run/arena.ts";

const tests = join(import.meta.dir, "../../test");

/** The statements of this package's own tests and, where the folder is a project, those of the project. */
export function realTexts(folder: string): readonly Texts[] {
  return [library(), ...(existsSync(join(folder, "sqlproof.json")) ? [project(folder)] : [])];
}

function library(): Texts {
  const cases = readdirSync(join(tests, "cases"))
    .map((name) => join(tests, "cases", name, "query.sql"))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8").trim());
  const probes = readFileSync(join(tests, "probes.sql"), "utf8").trim().split("\n");
  const migrations = {
    mariadb: readMigrations(join(tests, "schema/mariadb")),
    sqlite: readMigrations(join(tests, "schema/sqlite")),
  };
  return {
    name: "the library of sqlproof/test/schema",
    migrations,
    texts: [...cases, ...probes].map(unpromised).sort(),
  };
}

function project(folder: string): Texts {
  const { migrations, queries } = readProvenProject(readConfig(folder));
  const texts = queries.filter(({ literal }) => literal.mariadb === literal.sqlite).map(({ text }) => unpromised(text));
  return { name: "the project's schema", migrations, texts: texts.sort() };
}

/** Without the author's word that a column is never NULL, as in `AS "total!"`: it does not hold for a mutant. */
function unpromised(text: string): string {
  return text.replaceAll(/("[^"!]*)!(?=(: ?\w+)?")/g, "$1");
}
