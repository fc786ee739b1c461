import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Engines, enginesOf, onEngines } from "../runtime/engines.ts";

/** The content of `sqlproof.json`, with absolute folders. */
export interface Config {
  readonly root: string;
  /** Glob patterns of the TypeScript files that hold queries, relative to `root`. */
  readonly include: readonly string[];
  /** The folder of each engine's migrations. A project may name only one engine. */
  readonly migrations: Engines<string>;
  /** Where proofs are committed and the generated file is written. */
  readonly proofs: string;
  /**
   * Differences of what the two schemas do that the project accepts: how the message begins, e.g. `column orders.id`, and the
   * reason. Optional in the file.
   */
  readonly acceptedDifferences: ReadonlyMap<string, string>;
  /** BIGINT is a `bigint` with all its 64 bits, instead of a `number` up to 2^53. Optional in the file; false by default. */
  readonly bigint: boolean;
}

/** An error in the project's configuration, in one sentence. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const shape =
  'it needs "include" (a list of globs), "migrations" ({ "mariadb": folder, "sqlite": folder } or only one of them) and "proofs" (a folder); ' +
  '"acceptedDifferences" may name differences of the two schemas ({ how the message begins: reason }), and "bigint" be true';

/** Reads `sqlproof.json` in `folder` or the nearest folder above it. Throws `ConfigError`. */
export function readConfig(folder: string): Config {
  const file = findUp(folder);
  if (file === null) throw new ConfigError(`There is no sqlproof.json in ${folder} or above: ${shape}.`);
  const root = dirname(file);
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new ConfigError(`${file} is not JSON: ${shape}.`);
  }
  const raw = rawConfig(content);
  if (raw === null) throw new ConfigError(`${file} is not complete: ${shape}.`);
  const absolute = (path: string): string => resolve(root, path);
  const inTheWay = fileInTheWay(absolute(raw.proofs));
  if (inTheWay !== null) throw new ConfigError(`"proofs" in ${file} must be a folder: ${inTheWay} is a file.`);
  return {
    root,
    include: raw.include,
    migrations: onEngines(raw.migrations, absolute, absolute),
    proofs: absolute(raw.proofs),
    acceptedDifferences: raw.acceptedDifferences,
    bigint: raw.bigint,
  };
}

/** The file at a path or above it, where only folders can be; null if there is none. */
function fileInTheWay(path: string): string | null {
  if (!existsSync(path)) return dirname(path) === path ? null : fileInTheWay(dirname(path));
  return statSync(path).isDirectory() ? null : path;
}

function findUp(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, "sqlproof.json");
    try {
      readFileSync(file);
      return file;
    } catch {
      if (dirname(at) === at) return null;
    }
  }
}

function rawConfig(value: unknown): Omit<Config, "root"> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("include" in value && "migrations" in value && "proofs" in value)) return null;
  const { include, proofs } = value;
  const accepted = reasonsOf("acceptedDifferences" in value ? value.acceptedDifferences : {});
  if (accepted === null) return null;
  const bigint = "bigint" in value ? value.bigint : false;
  if (typeof bigint !== "boolean") return null;
  const migrations = foldersOf(value.migrations);
  if (!Array.isArray(include) || !include.every((pattern) => typeof pattern === "string")) return null;
  return migrations === null || typeof proofs !== "string"
    ? null
    : { include, migrations, proofs, acceptedDifferences: accepted, bigint };
}

function reasonsOf(value: unknown): Map<string, string> | null {
  if (typeof value !== "object" || value === null) return null;
  const reasons = new Map<string, string>();
  for (const [difference, reason] of Object.entries(value)) {
    if (typeof reason !== "string" || reason.trim() === "") return null;
    reasons.set(difference, reason);
  }
  return reasons;
}

function foldersOf(value: unknown): Engines<string> | null {
  if (typeof value !== "object" || value === null) return null;
  const { mariadb, sqlite }: { mariadb: unknown; sqlite: unknown } = { mariadb: null, sqlite: null, ...value };
  return isFolder(mariadb) && isFolder(sqlite) ? enginesOf(mariadb, sqlite) : null;
}

function isFolder(value: unknown): value is string | null {
  return value === null || typeof value === "string";
}
