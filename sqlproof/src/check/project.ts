import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import type { Config } from "./config.ts";
import { extractFile, type Literal, type LiteralPlace } from "./parse/extract.ts";
import type { Finding } from "./parse/finding.ts";
import { type Location, type SourceError, SourceFiles } from "./parse/source-files.ts";
import { pathsMatching } from "./source-paths.ts";

/** Every query of a project: each text once, with all its places in the sources. */
export interface ProjectQueries {
  readonly literals: ReadonlyMap<string, Literal>;
  readonly places: ReadonlyMap<string, readonly LiteralPlace[]>;
  readonly errors: readonly SourceError[];
  /** The patterns of `include` that match no file, as errors: behind a typo, no query would be checked. */
  readonly unmatched: readonly string[];
}

/** Reads the project's TypeScript files. */
export function readProject(config: Config): ProjectQueries {
  const literals = new Map<string, Literal>();
  const places = new Map<string, LiteralPlace[]>();
  const errors: SourceError[] = [];
  const { files: names, unmatched } = matchedFiles(config);
  const sources = new Map(names.map((file) => [file, readFileSync(resolve(config.root, file), "utf8")]));
  const files = new SourceFiles((file) => sources.get(file) ?? null);
  for (const [name, source] of sources) {
    // Most files hold no query, and parsing them would only cost time.
    const file = /\b(?:sql|createSql)\b/.test(source) ? files.file(name) : null;
    if (file === null) continue;
    const found = extractFile(file, files);
    errors.push(...found.errors);
    for (const literal of found.literals) {
      literals.set(literal.key, literals.get(literal.key) ?? literal);
      places.set(literal.key, [...(places.get(literal.key) ?? []), literal.location]);
    }
  }
  return { literals, places, errors, unmatched };
}

/** The files that may hold queries, relative to the root. */
export function filesOf(config: Config): readonly string[] {
  return matchedFiles(config).files;
}

function matchedFiles({ include, root }: Config): { files: readonly string[]; unmatched: readonly string[] } {
  const files = new Set<string>();
  const unmatched: string[] = [];
  for (const pattern of include) {
    const paths = pathsMatching(root, pattern).map((file) => relative(root, resolve(root, file)));
    const inside = paths.filter((path) => !path.startsWith(".."));
    for (const path of inside) files.add(path);
    if (inside.length === 0)
      unmatched.push(`sqlproof.json includes "${pattern}", which matches no file: correct or remove it`);
  }
  return { files: [...files].sort(), unmatched };
}

/** Where a finding at an offset of a text belongs. */
export interface PlaceInside {
  /** In the literal; its beginning when the offset is not known. */
  readonly location: Location;
  /** In the fragment that the offset lies in. */
  readonly fragment: Location | null;
}

/** The place of a finding inside a literal: in a pair, in the text that it is about. */
export function placeOf({ mariadb, sqlite }: Literal, place: LiteralPlace, { offset, text }: Finding): PlaceInside {
  if (text === undefined || place.pair === undefined) return placeInside(mariadb, place, offset);
  const { [text]: segments } = place.pair;
  return placeInside({ mariadb, sqlite }[text], { ...place, segments }, offset ?? 0);
}

/** The place of an offset inside a literal, and inside the fragment that this part of the text comes from. */
function placeInside(text: string, place: LiteralPlace, offset: number | null): PlaceInside {
  const { segments, ...location } = place;
  const segment = offset === null ? undefined : segments.findLast((candidate) => candidate.offset <= offset);
  if (offset === null || segment === undefined) return { location, fragment: null };
  const before = text.slice(segment.offset, offset);
  if (segment.fragment === null) return { location: after(segment.location, before), fragment: null };
  return { location: segment.location, fragment: after(segment.fragment, before) };
}

/** The place behind a text that begins at `start`. */
function after(start: Location, text: string): Location {
  const lines = text.split("\n");
  const last = lines.at(-1) ?? "";
  if (lines.length === 1) return { ...start, column: start.column + last.length };
  return { file: start.file, line: start.line + lines.length - 1, column: last.length + 1 };
}
