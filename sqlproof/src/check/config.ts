import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Engines, enginesOf, onEngines } from "../runtime/engines.ts";
import { jsonFault } from "./parse/json-fault.ts";
import { nearest } from "./parse/words.ts";

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

/** What each setting must be. */
const settings = {
  include: 'must be a list of globs, such as ["src/**/*.ts"]',
  migrations: 'must be { "mariadb": folder, "sqlite": folder } or only one of them',
  proofs: 'must be a folder, such as ".sqlproof"',
  acceptedDifferences: "must be { how the message begins: reason }",
  bigint: "must be true or false",
} as const;

type Setting = keyof typeof settings;

const shape =
  'it needs "include" (a list of globs), "migrations" ({ "mariadb": folder, "sqlite": folder } or only one of them) and "proofs" (a folder); ' +
  '"acceptedDifferences" may name differences of the two schemas ({ how the message begins: reason }), and "bigint" be true';

/** Reads `sqlproof.json` in `folder` or the nearest folder above it. Throws `ConfigError`. */
export function readConfig(folder: string): Config {
  const file = findUp(folder);
  if (file === null) throw new ConfigError(`There is no sqlproof.json in ${folder} or above: ${shape}.`);
  const root = dirname(file);
  const raw = rawConfig(file, parseFile(file));
  const absolute = (path: string): string => resolve(root, path);
  const inTheWay = fileInTheWay(absolute(raw.proofs));
  const other = otherContent(absolute(raw.proofs));
  if (inTheWay === null && other !== null)
    throw new ConfigError(`"proofs" in ${file} must be a folder of its own: ${raw.proofs} holds ${other}.`);
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

/** What a folder holds that is none of the checker's; hidden files and what is written about the folder may be there. */
function otherContent(folder: string): string | null {
  const own = /^(queries|generated|manifest\.json|\..*|.*\.md)$/;
  return existsSync(folder) && statSync(folder).isDirectory()
    ? (readdirSync(folder).find((name) => !own.test(name)) ?? null)
    : null;
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

function parseFile(file: string): unknown {
  // Some editors begin a file with a byte order mark.
  const text = readFileSync(file, "utf8").replace(/^\ufeff/, "");
  const fault = jsonFault(text);
  if (fault === null) return JSON.parse(text);
  const lines = text.slice(0, fault.offset).split("\n");
  throw new ConfigError(`${file}:${lines.length}:${(lines.at(-1) ?? "").length + 1}: ${fault.message}.`);
}

function rawConfig(file: string, content: unknown): Omit<Config, "root"> {
  if (!isObject(content)) throw new ConfigError(`${file} must be one object { .. }: ${shape}.`);
  const need = <T>(name: Setting, value: T | null): T => {
    if (value !== null) return value;
    const got = name in content ? shortened(JSON.stringify(content[name])) : "nothing";
    throw new ConfigError(`"${name}" in ${file} ${settings[name]}, got ${got}.`);
  };
  refuseOthers(file, "", content, Object.keys(settings));
  if (isObject(content.migrations)) refuseOthers(file, "migrations.", content.migrations, ["mariadb", "sqlite"]);
  const { include, migrations, proofs, acceptedDifferences = {}, bigint = false } = content;
  return {
    include: need("include", globsOf(include)),
    migrations: need("migrations", foldersOf(migrations)),
    proofs: need("proofs", isFolder(proofs) ? proofs : null),
    acceptedDifferences: need("acceptedDifferences", reasonsOf(acceptedDifferences)),
    bigint: need("bigint", typeof bigint === "boolean" ? bigint : null),
  };
}

/** A setting that nothing reads would only seem to do something. */
function refuseOthers(file: string, within: string, content: object, known: readonly string[]): void {
  const other = Object.keys(content).find((name) => !known.includes(name));
  if (other === undefined) return;
  const meant = nearest(other, known);
  const instead = meant === null ? `it has ${known.map((name) => `"${name}"`).join(", ")}` : `write "${meant}"`;
  throw new ConfigError(`"${within}${other}" in ${file} is no setting: ${instead}.`);
}

function shortened(json: string): string {
  return json.length > 60 ? `${json.slice(0, 57)}..` : json;
}

function globsOf(value: unknown): readonly string[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  return value.every((pattern) => typeof pattern === "string") ? value : null;
}

function reasonsOf(value: unknown): ReadonlyMap<string, string> | null {
  if (!isObject(value)) return null;
  const reasons = new Map<string, string>();
  for (const [difference, reason] of Object.entries(value)) {
    if (typeof reason !== "string" || reason.trim() === "") return null;
    reasons.set(difference, reason);
  }
  return reasons;
}

function foldersOf(value: unknown): Engines<string> | null {
  if (!isObject(value)) return null;
  const { mariadb = null, sqlite = null } = value;
  if (!(mariadb === null || isFolder(mariadb)) || !(sqlite === null || isFolder(sqlite))) return null;
  return enginesOf(mariadb, sqlite);
}

function isFolder(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
