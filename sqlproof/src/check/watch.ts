import { existsSync, type FSWatcher, watch as watchFolder } from "node:fs";
import { dirname, resolve } from "node:path";
import { MigrationError } from "../migrations/error.ts";
import { closeProvers, migrationsOf, openProvers, proveProject, type Report, reportOf, type Server } from "./check.ts";
import { type Config, ConfigError, readConfig } from "./config.ts";
import { filesOf, readProject } from "./project.ts";
import type { Verdict } from "./prove.ts";
import type { OpenProvers } from "./provers/open.ts";

export interface WatchOptions {
  /** Null for a project without MariaDB. */
  readonly server: Server | null;
  /** Called after each pass with its result, the time since the change, and the settings as they are now. */
  readonly onReport: (report: Report, durationMs: number, config: Config) => void;
  /** Ends the watch. */
  readonly signal: AbortSignal;
}

/** Editors write a file in several steps; one pass covers all of them. */
const settleMs = 15;

/**
 * Proves the project, and again after every change to a source file, a migration or `sqlproof.json`. Both engines stay
 * open, and a text that was proven on this schema is not proven again, so an edit costs one query.
 */
export async function watchProject(first: Config, { server, onReport, signal }: WatchOptions): Promise<void> {
  let config = first;
  let engines: Engines | null = null;
  while (!signal.aborted) {
    const startedAt = performance.now();
    const read = readAgain(first.root, server);
    if (!(read instanceof ConfigError)) config = read;
    const changed = nextChange(config, signal);
    try {
      if (read instanceof ConfigError) throw read;
      engines = await currentEngines(config, server, engines);
      onReport(await pass(config, engines), performance.now() - startedAt, config);
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof MigrationError)) throw error;
      const { message } = error;
      const report: Report = { queries: 0, pairs: 0, waived: 0, errors: [], projectErrors: [message] };
      onReport(report, performance.now() - startedAt, config);
    }
    await changed;
  }
  await engines?.close();
}

/** The settings as they are now, or what is wrong with them. */
function readAgain(root: string, server: Server | null): Config | ConfigError {
  try {
    const config = readConfig(root);
    if (config.root !== root) return new ConfigError(`There is no sqlproof.json in ${root} any more.`);
    return config.migrations.mariadb === null || server !== null
      ? config
      : new ConfigError("sqlproof.json names MariaDB now: end sqlproof check --watch, and start it again");
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
}

/** The open engines, the schema and settings that they were opened with, and their verdicts so far. */
interface Engines {
  readonly schema: string;
  readonly opened: OpenProvers | { readonly findings: readonly string[] };
  readonly verdicts: Map<string, Verdict>;
  close(): Promise<void>;
}

/** Reopens the engines when a migration has changed, or a setting on which proofs depend. */
async function currentEngines(config: Config, server: Server | null, before: Engines | null): Promise<Engines> {
  const migrations = migrationsOf(config);
  const steps = [migrations.mariadb, migrations.sqlite].map((one) => one?.map(({ checksum }) => checksum) ?? null);
  const schema = JSON.stringify([config.bigint, steps]);
  if (before?.schema === schema) return before;
  await before?.close();
  const opened = await openProvers(server, migrations);
  return {
    schema,
    opened,
    verdicts: new Map(),
    async close() {
      if (!("findings" in opened)) await closeProvers(opened);
    },
  };
}

async function pass(config: Config, { opened, verdicts }: Engines): Promise<Report> {
  const project = readProject(config);
  if ("findings" in opened) return reportOf(project, project.errors, [...project.unmatched, ...opened.findings]);
  return proveProject(config, project, migrationsOf(config), opened, { frozen: false, verdicts });
}

/** Resolves shortly after the next change in the watched folders, or when the watch ends. */
function nextChange(config: Config, signal: AbortSignal): Promise<void> {
  const files = filesOf(config).map((file) => dirname(resolve(config.root, file)));
  const { mariadb, sqlite } = config.migrations;
  const schemas = [mariadb, sqlite].filter((folder) => folder !== null).filter(existsSync);
  const folders = new Set([config.root, ...files, ...schemas]);
  return new Promise((done) => {
    const watchers: FSWatcher[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (): void => {
      for (const watcher of watchers) watcher.close();
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      done();
    };
    const onChange = (_event: string, name: string | null): void => {
      if (name !== null && !/\.(ts|tsx|mts|sql)$|^sqlproof\.json$/.test(name)) return;
      timer ??= setTimeout(end, settleMs);
    };
    for (const folder of folders) watchers.push(watchFolder(folder, onChange));
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
