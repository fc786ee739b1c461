import { relative } from "node:path";
import type { MigrationStep } from "../migrations/files.ts";
import type { Engines } from "../runtime/engines.ts";
import type { Config } from "./config.ts";
import { effectDifferences } from "./effects/differences.ts";
import type { MariadbProver } from "./provers/mariadb.ts";
import type { OpenProvers } from "./provers/open.ts";
import type { SqliteProver } from "./provers/sqlite.ts";
import { DeclaredPlaces } from "./types/declared-places.ts";
import { mariadbProblems } from "./types/mariadb-alone.ts";
import { catalogDifferences } from "./types/parity.ts";
import { sqliteProblems } from "./types/sqlite-alone.ts";
import { typeChangeProblems } from "./types/type-steps.ts";
import { viewProblems } from "./views.ts";

interface SchemaDifferences {
  readonly catalogs: readonly string[];
  readonly effects: readonly string[];
}

/** What comparing the schemas of two provers found, which an edit of a query does not change. */
const comparisons = new WeakMap<MariadbProver, Promise<SchemaDifferences>>();

/** Where the schemas of both engines differ; a project with one engine has nothing to compare. */
export async function schemaErrors(
  config: Config,
  { mariadb, sqlite }: OpenProvers,
  migrations: Engines<readonly MigrationStep[]>,
): Promise<string[]> {
  if (mariadb === null || sqlite === null)
    return [
      ...neededByNone(config),
      ...mariadbProblems(mariadb?.catalog ?? new Map()),
      ...sqliteProblems(sqlite?.catalog ?? new Map()),
    ];
  const known = comparisons.get(mariadb) ?? compareSchemas(mariadb, sqlite, migrations.sqlite ?? []);
  comparisons.set(mariadb, known);
  const { catalogs, effects } = await known;
  const found = [...catalogs, ...accepting(config, effects)];
  if (found.length === 0) return [];
  const places = {
    mariadb: new DeclaredPlaces(migrations.mariadb ?? []),
    sqlite: new DeclaredPlaces(migrations.sqlite ?? []),
  };
  return found.map((message) => [message, ...placesOf(message, places, config.root)].join("\n"));
}

/** What a message is about: `column t.a`, `step 2 changes t.a`, `table t`, `view v`, `t is a table`, a key `of t`. */
const subjects = [
  /^(?:column|step \d+ changes) (?<table>[^\s.]+)\.(?<column>[^\s:]+)/,
  /^(?:table|view) (?<table>[^\s:]+)/,
  /^(?<table>\S+) is a (?:table|view) on MariaDB/,
  /^trigger \S+ of (?<table>[^\s:]+)/,
  /^(?:(?:primary|unique|foreign) )?key \(.*?\) of (?<table>[^\s:]+)/,
];

/** A line for each engine whose migrations show what the message is about. */
function placesOf(
  message: string,
  { mariadb, sqlite }: { readonly mariadb: DeclaredPlaces; readonly sqlite: DeclaredPlaces },
  root: string,
): string[] {
  const named = subjects.map((subject) => subject.exec(message)?.groups).find((groups) => groups !== undefined);
  const [table, column] = [named?.table, named?.column];
  if (table === undefined) return [];
  const place = (engine: DeclaredPlaces): string | null =>
    column === undefined ? engine.table(table) : engine.column(table, column);
  const line = (name: string, at: string | null): string[] => (at === null ? [] : [`  ${name} ${relative(root, at)}`]);
  return [...line("MariaDB", place(mariadb)), ...line("SQLite ", place(sqlite))];
}

async function compareSchemas(
  mariadb: MariadbProver,
  sqlite: SqliteProver,
  sqliteSteps: readonly MigrationStep[],
): Promise<SchemaDifferences> {
  const catalogs = [
    ...catalogDifferences(mariadb.catalog, sqlite.catalog),
    ...typeChangeProblems(mariadb.typeChanges, sqliteSteps),
  ];
  // A view is a query like any other, but of tables that are the same.
  if (catalogs.length === 0) catalogs.push(...(await viewProblems({ mariadb, sqlite })));
  return { catalogs, effects: await effectDifferences(mariadb.schema, sqlite.schema) };
}

/**
 * Leaves out the effects that `sqlproof.json` accepts; types rely on the catalogs. An entry that accepts nothing is an
 * error, so that none outlives its reason.
 */
function accepting({ acceptedDifferences }: Config, differences: readonly string[]): string[] {
  const begins = [...acceptedDifferences.keys()];
  const begin = (difference: string): string | undefined =>
    begins.find((start) => difference.startsWith(`${start}:`) || difference.startsWith(`${start} `));
  const used = new Set(differences.map(begin));
  return [
    ...differences.filter((difference) => begin(difference) === undefined),
    ...begins.filter((start) => !used.has(start)).map(needless),
  ];
}

/** With one engine, no entry of `acceptedDifferences` accepts anything. */
export function neededByNone({ acceptedDifferences, migrations }: Config): string[] {
  const hasBoth = migrations.mariadb !== null && migrations.sqlite !== null;
  return hasBoth ? [] : [...acceptedDifferences.keys()].map(needless);
}

function needless(start: string): string {
  return `sqlproof.json accepts a difference of "${start}" that is not there: remove it`;
}
