import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { MigrationError } from "./error.ts";
import { type SplitStatement, splitStatements } from "./split.ts";

/** One numbered step, e.g. `0002_search_text.sql`. */
export interface MigrationStep {
  readonly version: number;
  readonly name: string;
  readonly path: string;
  /** SHA-256 of the text with normalized line ends, so that a checkout on Windows gives the same step. */
  readonly checksum: string;
  readonly statements: readonly SplitStatement[];
  /** The checks for adopting a database as if this step had created it, if there are any. */
  readonly adoption: readonly SplitStatement[] | null;
}

/**
 * Reads the steps of one engine, in the order of their numbers. They begin with 0001, and no number stands twice; one
 * may be missing, because steps that are written side by side are finished in any order. Steps after `lastVersion` are
 * left out.
 */
export function readMigrations(folder: string, lastVersion?: number): MigrationStep[] {
  const names = stepNames(folder);
  if (names.length === 0) throw new MigrationError("files", `There are no migrations in ${folder}.`);
  const steps = names.map((file, index) => readStep(folder, file, names[index - 1] ?? null));
  return lastVersion === undefined ? steps : steps.filter(({ version }) => version <= lastVersion);
}

const stepName = /^\d{4}_[a-z0-9_]+\.sql$/;
const adoptionEnd = /\.adopt\.sql$/;

/** The files of a folder that are steps. A `.sql` that is none is refused, because nobody would notice its absence. */
function stepNames(folder: string): string[] {
  const refuse = (name: string, reason: string): never => {
    throw new MigrationError("files", `${join(folder, name)} ${reason}.`);
  };
  if (!existsSync(folder)) throw new MigrationError("files", `There is no folder of migrations at ${folder}.`);
  if (!statSync(folder).isDirectory()) refuse("", "is not a folder: name the folder of the migrations");
  const names = readdirSync(folder).filter((name) => /\.sql$/i.test(name) && !name.startsWith("."));
  const adoptions = names.filter((name) => adoptionEnd.test(name));
  const steps = names.filter((name) => !adoptionEnd.test(name)).sort();
  for (const name of steps) {
    if (!stepName.test(name))
      refuse(name, "is not named like 0001_name.sql, with four digits, then small letters, digits and _");
    if (statSync(join(folder, name)).isDirectory()) refuse(name, "is not a file");
  }
  for (const name of adoptions) {
    const step = name.replace(adoptionEnd, ".sql");
    if (!steps.includes(step)) refuse(name, `belongs to no step: there is no ${step}`);
  }
  return steps;
}

function readStep(folder: string, file: string, previous: string | null): MigrationStep {
  const version = Number(file.slice(0, 4));
  if (previous === null && version !== 1)
    throw new MigrationError("files", `${join(folder, file)} stands where step 1 was expected.`);
  if (previous !== null && Number(previous.slice(0, 4)) === version)
    throw new MigrationError("files", `${join(folder, file)} has the number of ${previous}.`);
  const path = join(folder, file);
  const adoptionPath = path.replace(/\.sql$/, ".adopt.sql");
  const text = readText(path);
  let statements: readonly SplitStatement[] | undefined;
  return {
    version,
    name: file.replace(/\.sql$/, ""),
    path,
    checksum: createHash("sha256").update(text).digest("hex"),
    // Most starts find every step done, so that no file needs to be split.
    get statements() {
      statements ??= splitStatements(text);
      return statements;
    },
    get adoption() {
      return existsSync(adoptionPath) ? splitStatements(readText(adoptionPath)) : null;
    },
  };
}

function readText(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\r\n", "\n");
}
