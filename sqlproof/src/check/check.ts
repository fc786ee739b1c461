// The check: reads every `sql()` call of a project, has both engines prove it, and writes the proofs and the types.
// `parse` reads sources, `tree` and `typing` read texts by the `rules`, `provers` ask the engines, `types` and
// `effects` compare the schemas, and `migrated` what the migrations do with stored rows.
import { isDeepStrictEqual } from "node:util";
import { type MigrationStep, readMigrations } from "../migrations/files.ts";
import { type Engines, enginesOf, onEngines } from "../runtime/engines.ts";
import type { MariadbOptions } from "../runtime/mariadb/open.ts";
import type { Proof } from "../runtime/proof.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../test-server/private-mariadb.ts";
import type { Config } from "./config.ts";
import { writeGenerated } from "./generate.ts";
import type { Literal } from "./parse/extract.ts";
import type { Finding } from "./parse/finding.ts";
import type { SourceError } from "./parse/source-files.ts";
import { type ProjectQueries, placeOf, readProject } from "./project.ts";
import { knownMigratedRows, makeManifest, ProofStore, sameProof, staleReasons, withMigratedRows } from "./proofs.ts";
import { isPair, prove, type Verdict } from "./prove.ts";
import { MariadbProver, MariadbSqlError } from "./provers/mariadb.ts";
import type { OpenProvers } from "./provers/open.ts";
import { SqliteProver, SqliteSqlError } from "./provers/sqlite.ts";
import { neededByNone, schemaErrors } from "./schema-errors.ts";
import { isWaived } from "./waivers.ts";

/** The result of a check, which passed when both lists of errors are empty. */
export interface Report {
  /** The number of distinct queries in the project. */
  readonly queries: number;
  /** How many of them are written once per engine. */
  readonly pairs: number;
  /** How many of them waive a rule, with a reason. */
  readonly waived: number;
  readonly errors: readonly SourceError[];
  /** Errors of the project as a whole: schemas that differ, proofs that are stale. */
  readonly projectErrors: readonly string[];
}

const noVersion = (): string => "";
const remedy = "run: npm run check";

/**
 * Checks without a database that every query has its proof, that no proof is left over or damaged, and that the proofs
 * were made against the current migrations. Writes the generated types from the proofs.
 */
export function checkOffline(config: Config): Report {
  const project = readProject(config);
  const store = new ProofStore(config);
  const { proofs, damaged } = store.read();
  const migrations = migrationsOf(config);
  const projectErrors = staleReasons(store, makeManifest(migrations, onEngines(migrations, noVersion, noVersion))).map(
    (reason) => `${reason}; ${remedy}`,
  );
  projectErrors.unshift(...project.unmatched, ...neededByNone(config));
  projectErrors.push(...damagedErrors(damaged), ...leftOver(project, proofs));
  const missing = [...project.literals.keys()].filter((text) => !proofs.has(text));
  const errors = [
    ...project.errors,
    ...missing.flatMap((text) =>
      errorsAt(project, text, [{ message: `this SQL is not verified; ${remedy}`, offset: null }]),
    ),
  ];
  writeGenerated(config, proofs, new Map());
  return reportOf(project, errors, projectErrors);
}

/** The report on a project with these errors. */
export function reportOf(
  project: ProjectQueries,
  errors: readonly SourceError[],
  projectErrors: readonly string[],
): Report {
  return {
    queries: project.literals.size,
    pairs: countOf(project, isPair),
    waived: countOf(project, ({ mariadb, sqlite }) => isWaived(mariadb) || isWaived(sqlite)),
    errors: inOrder(errors),
    projectErrors,
  };
}

/** The errors of each file in the order of its lines. */
function inOrder(errors: readonly SourceError[]): readonly SourceError[] {
  const files = [...new Set(errors.map(({ location }) => location.file))];
  return errors.toSorted(({ location: a }, { location: b }) =>
    a.file === b.file ? a.line - b.line || a.column - b.column : files.indexOf(a.file) - files.indexOf(b.file),
  );
}

/** How to reach a MariaDB on which databases may be created. */
export type Server = Omit<MariadbOptions, "database">;

export interface CheckOptions {
  /** Compares with the committed proofs and writes only the generated file. */
  readonly frozen: boolean;
  /** A running server to use; by default the check starts a private one. */
  readonly server?: Server;
}

/** Proves every query afresh on the engines that the project names. */
export async function checkOnEngines(config: Config, options: CheckOptions): Promise<Report> {
  const project = readProject(config);
  const privateServer = options.server === undefined ? await startNeeded(config) : null;
  try {
    const migrations = migrationsOf(config);
    const provers = await openProvers(options.server ?? (privateServer && serverOf(privateServer)), migrations);
    // Without the schema, nothing can be said about any query.
    if ("findings" in provers) return reportOf(project, project.errors, [...project.unmatched, ...provers.findings]);
    try {
      return await proveProject(config, project, migrations, provers, { frozen: options.frozen, verdicts: new Map() });
    } finally {
      await closeProvers(provers);
    }
  } finally {
    await privateServer?.stop();
  }
}

type Steps = Engines<readonly MigrationStep[]>;

/**
 * Builds the schema on the engines of the project. When one refuses a step, the other's errors are reported, too. A
 * project without MariaDB needs no server.
 */
export async function openProvers(
  server: Server | null,
  migrations: Steps,
): Promise<OpenProvers | { readonly findings: readonly string[] }> {
  const [mariadb, sqlite] = await Promise.allSettled([
    migrations.mariadb && openMariadbProver(server, migrations.mariadb),
    Promise.resolve(migrations.sqlite).then((steps) => steps && new SqliteProver(steps)),
  ]);
  if (mariadb.status === "fulfilled" && sqlite.status === "fulfilled") {
    const opened = enginesOf(mariadb.value, sqlite.value);
    const faults = mariadb.value === null ? [] : (sqlite.value?.failureFaults() ?? []);
    if (opened !== null && faults.length === 0) return opened;
    if (opened !== null) await closeProvers(opened);
    return { findings: faults };
  }
  if (mariadb.status === "fulfilled") await mariadb.value?.close();
  if (sqlite.status === "fulfilled") sqlite.value?.close();
  const errors = [mariadb, sqlite].flatMap((result): unknown[] =>
    result.status === "rejected" ? [result.reason] : [],
  );
  return {
    findings: errors.map((error) => {
      if (error instanceof MariadbSqlError || error instanceof SqliteSqlError) return error.message;
      throw error;
    }),
  };
}

function openMariadbProver(server: Server | null, steps: readonly MigrationStep[]): Promise<MariadbProver> {
  if (server === null) throw new Error("no server to check on");
  return MariadbProver.open(server, steps);
}

/** Closes what `openProvers` has opened. */
export async function closeProvers({ mariadb, sqlite }: OpenProvers): Promise<void> {
  await mariadb?.close();
  sqlite?.close();
}

/** The server holds nothing that a loss of power could take: it need not wait for the disk. */
const unsynced = ["--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync", "--debug-no-sync"];

/** Starts a private MariaDB if the project names that engine. */
export async function startNeeded({ migrations }: Config): Promise<PrivateMariadb | null> {
  return migrations.mariadb === null ? null : startPrivateMariadb({ extraArgs: unsynced });
}

/** How to reach a private server. */
export function serverOf(server: PrivateMariadb): Server {
  return { host: server.host, port: server.port, user: server.user, password: server.password };
}

interface ProveOptions {
  readonly frozen: boolean;
  /** The verdicts on each text for this very schema; new ones are added. */
  readonly verdicts: Map<string, Verdict>;
}

/** Proves every query of the project and writes the proofs and the types. */
export async function proveProject(
  config: Config,
  project: ProjectQueries,
  migrations: Steps,
  provers: OpenProvers,
  { frozen, verdicts }: ProveOptions,
): Promise<Report> {
  const store = new ProofStore(config);
  const manifest = makeManifest(migrations, onEngines(provers, versionOf, versionOf));
  // What is committed may be wrong where it was not made by a check.
  const known = frozen ? null : knownMigratedRows(store, manifest);
  const schema = await schemaErrors(config, provers, migrations, known);
  const projectErrors = [...project.unmatched, ...schema.errors];
  const proofs = new Map<string, Proof>();
  const failures = new Map<string, string>();
  const errors: SourceError[] = [...project.errors];
  for (const [text, literal] of project.literals) {
    const verdict = verdicts.get(text) ?? (await verdictOn(literal, provers, config));
    verdicts.set(text, verdict);
    if ("proof" in verdict) proofs.set(text, verdict.proof);
    else {
      errors.push(...errorsAt(project, text, verdict.findings));
      failures.set(text, [...new Set(verdict.findings.map(saidOf))].join("; "));
    }
  }
  if (frozen) {
    const found = differences(store.read(), project, proofs);
    errors.push(...found.errors);
    const stale = staleReasons(store, manifest).map((reason) => `${reason}; ${remedy}`);
    projectErrors.push(...found.projectErrors, ...stale);
  } else if (projectErrors.length === 0 && errors.length === 0)
    store.write(proofs, withMigratedRows(manifest, schema.migratedRows));
  // A fault in one query keeps no other from its proof.
  else if (projectErrors.length === 0) store.add(proofs);
  writeGenerated(config, proofs, failures);
  return reportOf(project, errors, projectErrors);
}

/** A pair of two equal texts is the author's claim only where the one text is refused. */
async function verdictOn(literal: Literal, provers: OpenProvers, { bigint }: Config): Promise<Verdict> {
  const verdict = await prove(literal, provers, { bigint });
  if ("findings" in verdict || !isPair(literal) || literal.mariadb !== literal.sqlite) return verdict;
  const plain = await prove({ ...literal, key: literal.mariadb }, provers, { bigint });
  if ("findings" in plain) return verdict;
  const message = "both texts are the same, and both engines answer it alike: write one text";
  return { findings: [{ message, offset: null }] };
}

function versionOf({ version }: { readonly version: string }): string {
  return version;
}

/** Where the committed proofs differ from what the engines report now, each at its place. */
function differences(
  { proofs: committed, damaged }: ReturnType<ProofStore["read"]>,
  project: ProjectQueries,
  proofs: ReadonlyMap<string, Proof>,
): { readonly errors: readonly SourceError[]; readonly projectErrors: readonly string[] } {
  const errors = [...proofs].flatMap(([text, proof]) => {
    const before = committed.get(text);
    if (before !== undefined && sameProof(before, proof)) return [];
    const message =
      before === undefined
        ? "the proof of this SQL is not committed"
        : "the committed proof differs from what the engines report now";
    return errorsAt(project, text, [{ message: `${message}; ${remedy}`, offset: null }]);
  });
  return { errors, projectErrors: [...damagedErrors(damaged), ...leftOver(project, committed)] };
}

function damagedErrors(damaged: readonly string[]): string[] {
  return damaged.map((file) => `${file} was edited or damaged; ${remedy}`);
}

/** The proofs whose query is gone. Without a part of the sources, nothing can be said about them. */
function leftOver(project: ProjectQueries, committed: ReadonlyMap<string, Proof>): string[] {
  const gone =
    project.unmatched.length === 0 ? [...committed.keys()].filter((text) => !project.literals.has(text)) : [];
  return gone.map((text) => `a proof is left over from a query that is gone: ${shortened(text)}; ${remedy}`);
}

/** The migration steps of each engine of the project. */
export function migrationsOf({ migrations }: Config): Steps {
  const read = (folder: string): readonly MigrationStep[] => readMigrations(folder);
  return onEngines(migrations, read, read);
}

function countOf({ literals }: ProjectQueries, is: (literal: Literal) => boolean): number {
  return [...literals.values()].filter(is).length;
}

function errorsAt(project: ProjectQueries, text: string, findings: readonly Finding[]): SourceError[] {
  const literal = project.literals.get(text);
  if (literal === undefined) return [];
  return (project.places.get(text) ?? []).flatMap((place) => {
    const errors = findings.map((finding): SourceError => {
      const { location, fragment } = placeOf(literal, place, finding);
      const message = saidOf(finding);
      if (fragment === null) return { message, location };
      const { file, line, column } = fragment;
      return { message: `${message} (in the fragment at ${file}:${line}:${column})`, location };
    });
    // What both texts of a pair say once is said once.
    return errors.filter((error, index) => errors.findIndex((one) => isDeepStrictEqual(one, error)) === index);
  });
}

/** The message, and in a pair the text that it is about. */
function saidOf({ message, text }: Finding): string {
  return text === undefined ? message : `${message} (in the text for ${text === "mariadb" ? "MariaDB" : "SQLite"})`;
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 77)}...` : line;
}
