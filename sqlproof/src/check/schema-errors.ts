import { relative } from "node:path";
import type { MigrationStep } from "../migrations/files.ts";
import type { Engines } from "../runtime/engines.ts";
import type { Config } from "./config.ts";
import { effectDifferences } from "./effects/differences.ts";
import { type Migrations, migratedRowDifferences } from "./migrated/migrated-rows.ts";
import type { MariadbProver } from "./provers/mariadb.ts";
import type { OpenProvers } from "./provers/open.ts";
import type { SqliteProver } from "./provers/sqlite.ts";
import { DeclaredPlaces } from "./types/declared-places.ts";
import { mariadbProblems } from "./types/mariadb-alone.ts";
import { catalogDifferences } from "./types/parity.ts";
import { sqliteProblems } from "./types/sqlite-alone.ts";
import { typeChangeProblems } from "./types/type-steps.ts";
import { viewProblems } from "./views.ts";

/** A difference, and its place on each engine where that is not simply where the table or column is declared. */
interface Placed {
  readonly message: string;
  readonly mariadb?: string | null;
  readonly sqlite?: string | null;
}

interface SchemaDifferences {
  readonly catalogs: readonly string[];
  readonly effects: readonly Placed[];
  readonly migratedRows: readonly Placed[];
}

/** What is wrong with the schemas, and the differences of migrated rows, which were all accepted if nothing is. */
interface SchemaReport {
  readonly errors: string[];
  readonly migratedRows: readonly string[];
}

/** What comparing the schemas of two provers found, which an edit of a query does not change. */
const comparisons = new WeakMap<MariadbProver, Promise<SchemaDifferences>>();

/**
 * Where the schemas of both engines differ; a project with one engine has nothing to compare. `knownRows` are the
 * differences of migrated rows that an earlier check found, if one did.
 */
export async function schemaErrors(
  config: Config,
  { mariadb, sqlite }: OpenProvers,
  migrations: Engines<readonly MigrationStep[]>,
  knownRows: readonly string[] | null,
): Promise<SchemaReport> {
  if (mariadb === null || sqlite === null) {
    const alone = [...mariadbProblems(mariadb?.catalog ?? new Map()), ...sqliteProblems(sqlite?.catalog ?? new Map())];
    return { errors: [...neededByNone(config), ...alone], migratedRows: [] };
  }
  const steps = { mariadb: migrations.mariadb ?? [], sqlite: migrations.sqlite ?? [] };
  const known = comparisons.get(mariadb) ?? compareSchemas(mariadb, sqlite, steps, rowsToCompare(config, knownRows));
  comparisons.set(mariadb, known);
  const { catalogs, effects, migratedRows } = await known;
  const rows = migratedRows.map(({ message }) => message);
  const found = [...catalogs.map((message) => ({ message })), ...accepting(config, [...effects, ...migratedRows])];
  if (found.length === 0) return { errors: [], migratedRows: rows };
  const places = { mariadb: new DeclaredPlaces(steps.mariadb), sqlite: new DeclaredPlaces(steps.sqlite) };
  const errors = found.map((one) => [one.message, ...placesOf(one, places, config.root)].join("\n"));
  return { errors, migratedRows: rows };
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
  { message, ...known }: Placed,
  { mariadb, sqlite }: { readonly mariadb: DeclaredPlaces; readonly sqlite: DeclaredPlaces },
  root: string,
): string[] {
  const named = subjects.map((subject) => subject.exec(message)?.groups).find((groups) => groups !== undefined);
  const [table, column] = [named?.table, named?.column];
  const line = (name: string, at: string | null): string[] => (at === null ? [] : [`  ${name} ${relative(root, at)}`]);
  if (known.mariadb !== undefined || known.sqlite !== undefined)
    return [...line("MariaDB", known.mariadb ?? null), ...line("SQLite ", known.sqlite ?? null)];
  if (table === undefined) return [];
  const place = (engine: DeclaredPlaces): string | null =>
    column === undefined ? engine.table(table) : engine.column(table, column);
  return [...line("MariaDB", place(mariadb)), ...line("SQLite ", place(sqlite))];
}

async function compareSchemas(
  mariadb: MariadbProver,
  sqlite: SqliteProver,
  steps: Migrations,
  { known, isAccepted }: RowsToCompare,
): Promise<SchemaDifferences> {
  const catalogs = [
    ...catalogDifferences(mariadb.catalog, sqlite.catalog),
    ...typeChangeProblems(mariadb.typeChanges, steps.sqlite),
  ];
  // A view is a query like any other, but of tables that are the same.
  if (catalogs.length === 0) catalogs.push(...(await viewProblems({ mariadb, sqlite })));
  const schemas = { mariadb: mariadb.catalog, sqlite: sqlite.catalog };
  const [effects, migrated] = await Promise.all([
    effectDifferences(mariadb.schema, sqlite.schema),
    known ?? migratedRowDifferences(steps, schemas, () => mariadb.beside(), isAccepted),
  ]);
  // The rows that the migrations store differ in both comparisons.
  const said = new Set([...catalogs, ...effects].flatMap((message) => storedSubject(message) ?? []));
  return {
    catalogs,
    effects: effects.map((message) => ({ message })),
    migratedRows: migrated.filter(({ message }) => !said.has(storedSubject(message) ?? "")),
  };
}

/** What a difference of stored rows is about, e.g. `column t.a`. */
function storedSubject(message: string): string | undefined {
  return /^(?:table \S+(?= has \d+ rows? )|(?:column|table) \S+(?= holds | keeps )|step \d+ changes \S+\.\S+)/
    .exec(message)?.[0]
    .replace(/^step \d+ changes/, "column");
}

interface RowsToCompare {
  /** Null when the rows must be compared again. */
  readonly known: readonly Placed[] | null;
  readonly isAccepted: (message: string) => boolean;
}

/** What is known serves only while the project accepts all of it: for any other difference, its step is named. */
function rowsToCompare(config: Config, known: readonly string[] | null): RowsToCompare {
  const isAccepted = (message: string): boolean => acceptedBegin(config, message) !== undefined;
  return { known: known?.every(isAccepted) === true ? known.map((message) => ({ message })) : null, isAccepted };
}

/** The entry of `sqlproof.json` that accepts the difference. */
function acceptedBegin({ acceptedDifferences }: Config, difference: string): string | undefined {
  return [...acceptedDifferences.keys()].find(
    (start) => difference.startsWith(`${start}:`) || difference.startsWith(`${start} `),
  );
}

/**
 * Leaves out the effects that `sqlproof.json` accepts; types rely on the catalogs. An entry that accepts nothing is an
 * error, so that none outlives its reason.
 */
function accepting(config: Config, differences: readonly Placed[]): Placed[] {
  const used = new Set(differences.map(({ message }) => acceptedBegin(config, message)));
  return [
    ...differences.filter(({ message }) => acceptedBegin(config, message) === undefined),
    ...[...config.acceptedDifferences.keys()]
      .filter((start) => !used.has(start))
      .map((start) => ({ message: needless(start) })),
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
