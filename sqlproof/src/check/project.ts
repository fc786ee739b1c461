import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Config } from "./config.ts";
import { extract, type Fault, type Literal, type Location } from "./extract.ts";

/** Every query of a project: each text once, with all the places where it stands. */
export interface ProjectQueries {
  readonly literals: ReadonlyMap<string, Literal>;
  readonly places: ReadonlyMap<string, readonly Location[]>;
  readonly faults: readonly Fault[];
}

/** Reads the project's TypeScript files. */
export function readProject(config: Config): ProjectQueries {
  const literals = new Map<string, Literal>();
  const places = new Map<string, Location[]>();
  const faults: Fault[] = [];
  for (const file of filesOf(config)) {
    const source = readFileSync(resolve(config.root, file), "utf8");
    // Most files hold no query; parsing them would only cost time.
    if (!/\bsql\s*\(/.test(source)) continue;
    const found = extract(file, source);
    faults.push(...found.faults);
    for (const literal of found.literals) {
      literals.set(literal.key, literals.get(literal.key) ?? literal);
      places.set(literal.key, [...(places.get(literal.key) ?? []), literal.location]);
    }
  }
  return { literals, places, faults };
}

/** The files that may hold queries, relative to the root. */
export function filesOf(config: Config): string[] {
  const files = new Set<string>();
  for (const pattern of config.include)
    for (const file of new Bun.Glob(pattern).scanSync({ cwd: config.root, onlyFiles: true }))
      if (!file.includes("node_modules/") && resolve(config.root, file).startsWith(config.root))
        files.add(relative(config.root, resolve(config.root, file)));
  return [...files].sort();
}

/** The place of an offset inside a literal: the literal's own line when the offset is not known. */
export function placeInside(literal: Literal, location: Location, offset: number | null): Location {
  if (offset === null || literal.mariadb !== literal.sqlite) return location;
  const before = literal.mariadb.slice(0, offset).split("\n");
  const last = before.at(-1) ?? "";
  // The literal's first character is the quote, one column before its text.
  if (before.length === 1) return { ...location, column: location.column + 1 + last.length };
  return { file: location.file, line: location.line + before.length - 1, column: last.length + 1 };
}
