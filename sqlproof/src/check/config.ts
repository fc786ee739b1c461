import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The content of `sqlproof.json`, with absolute folders. */
export interface Config {
  readonly root: string;
  /** Glob patterns of the TypeScript files that hold queries, relative to `root`. */
  readonly include: readonly string[];
  readonly migrations: { readonly mariadb: string; readonly sqlite: string };
  /** Where proofs are committed and the generated file is written. */
  readonly proofs: string;
}

/** An error in the project's configuration, in one sentence. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const shape =
  'it needs "include" (a list of globs), "migrations" ({ "mariadb": folder, "sqlite": folder }) and "proofs" (a folder)';

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
  if (!isConfig(content)) throw new ConfigError(`${file} is not complete: ${shape}.`);
  return {
    root,
    include: content.include,
    migrations: {
      mariadb: resolve(root, content.migrations.mariadb),
      sqlite: resolve(root, content.migrations.sqlite),
    },
    proofs: resolve(root, content.proofs),
  };
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

interface RawConfig {
  readonly include: string[];
  readonly migrations: { readonly mariadb: string; readonly sqlite: string };
  readonly proofs: string;
}

function isConfig(value: unknown): value is RawConfig {
  if (typeof value !== "object" || value === null) return false;
  if (!("include" in value && "migrations" in value && "proofs" in value)) return false;
  const { include, migrations, proofs } = value;
  return (
    Array.isArray(include) &&
    include.every((pattern) => typeof pattern === "string") &&
    typeof migrations === "object" &&
    migrations !== null &&
    "mariadb" in migrations &&
    typeof migrations.mariadb === "string" &&
    "sqlite" in migrations &&
    typeof migrations.sqlite === "string" &&
    typeof proofs === "string"
  );
}
