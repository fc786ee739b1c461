#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { checkOffline, checkOnEngines, type Report, serverOf, startNeeded } from "./check/check.ts";
import { type Config, ConfigError, readConfig } from "./check/config.ts";
import { counted } from "./check/parse/words.ts";
import { watchProject } from "./check/watch.ts";
import { MisuseError, readCommandLine } from "./command-line.ts";
import { differentialCommand, differentialHelp, OptionError } from "./differential/command.ts";
import { MigrationError } from "./migrations/error.ts";
import { engineNames } from "./runtime/engines.ts";
import { PrivateMariadbError } from "./test-server/private-mariadb.ts";

const help = `sqlproof: proves every sql() literal of a project on MariaDB and SQLite

Usage: sqlproof check [options]
       sqlproof differential [options]

  check              prove every query on a private MariaDB and on SQLite; write the proofs and the types
  check --frozen     prove every query and fail where a committed proof differs; write only the types
  check --offline    without a database, fail on a missing, stale, damaged or left-over proof; write the types
  check --watch      prove every query, then each one again as soon as it is saved; stop with Ctrl-C
${differentialHelp}

  help, -h, --help   print this text
  version, -v        print the version, as --version does

The project is described by sqlproof.json in this folder or above it:
  { "include": ["src/**/*.ts"], "migrations": { "mariadb": "schema/mariadb", "sqlite": "schema/sqlite" }, "proofs": ".sqlproof" }
"migrations" may name only one engine; then nothing of the other one is needed.
`;

const misuse = 2;

const oldestNode = { major: 22, minor: 18 } as const;

async function main(): Promise<number> {
  const { node } = process.versions;
  const [major = 0, minor = 0] = node.split(".").map(Number);
  if (major < oldestNode.major || (major === oldestNode.major && minor < oldestNode.minor)) {
    console.error(`sqlproof: this is Node ${node}: install Node 22.18 or later, or Bun 1.4.5 or later`);
    return misuse;
  }
  const { command, options } = readCommandLine(process.argv.slice(2));
  if (command === "differential") return differentialCommand(options);
  if (command === "check") return check(options);
  console.log(command === "help" ? help : `sqlproof ${ownVersion()}`);
  return 0;
}

function ownVersion(): string {
  const { version }: { version: unknown } = JSON.parse(
    readFileSync(new URL("../package.json", import.meta.url), "utf8"),
  );
  return String(version);
}

async function check(options: ReadonlyMap<string, string>): Promise<number> {
  const started = performance.now();
  const config = readConfig(process.cwd());
  if (options.has("watch")) return watch(config);
  if (!options.has("offline")) {
    const report = await checkOnEngines(config, { frozen: options.has("frozen") });
    return print(report, provenOn(config), performance.now() - started);
  }
  const report = checkOffline(config);
  return print(report, report.queries === 1 ? "matches its proof" : "match their proofs", performance.now() - started);
}

/** Runs until Ctrl-C. What the engines report goes to the terminal and, through the generated types, to the editor. */
async function watch(config: Config): Promise<number> {
  console.log("sqlproof: watching the sources, the migrations and sqlproof.json until Ctrl-C");
  const server = await startNeeded(config);
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  try {
    await watchProject(config, {
      server: server && serverOf(server),
      signal: end.signal,
      onReport: (report, durationMs, current) => print(report, provenOn(current), durationMs),
    });
  } finally {
    await server?.stop();
  }
  return 0;
}

function provenOn(config: Config): string {
  const { size } = config.acceptedDifferences;
  const accepted = size === 0 ? "" : ` (${counted(size, "accepted difference")} of the schemas)`;
  return `proven on ${engineNames(config.migrations)}${accepted}`;
}

function print(report: Report, outcome: string, durationMs: number): number {
  // What is wrong with the schema may be why a query is refused.
  for (const error of report.projectErrors) console.error(`sqlproof: ${error}`);
  for (const { location, message } of report.errors)
    console.error(`${location.file}:${location.line}:${location.column}: ${message}`);
  const failed = report.errors.length + report.projectErrors.length;
  const pairs = report.pairs === 0 ? "" : `, ${report.pairs} of them written once per engine`;
  const waived = report.waived === 0 ? "" : `, ${report.waived} with a waiver`;
  const seconds = `${Math.round(durationMs) / 1000} s`;
  const queries = counted(report.queries, "query", "queries");
  if (failed === 0) console.log(`sqlproof: ${queries} ${outcome}${pairs}${waived} (${seconds})`);
  else console.error(`sqlproof: ${counted(failed, "error")} in ${queries} (${seconds})`);
  return failed === 0 ? 0 : 1;
}

/** Node calls its SQLite experimental; of that, this program uses only what has been stable for long. */
function leaveOutWarningAboutSqlite(): void {
  process.removeAllListeners("warning");
  process.on("warning", ({ name, message }) => {
    if (name !== "ExperimentalWarning" || !message.startsWith("SQLite")) console.error(`${name}: ${message}`);
  });
}

try {
  leaveOutWarningAboutSqlite();
  process.exitCode = await main();
} catch (error) {
  const isMisuse = error instanceof MisuseError || error instanceof OptionError;
  const expected =
    isMisuse || [ConfigError, MigrationError, PrivateMariadbError].some((known) => error instanceof known);
  // An error of the file system names the path and what was tried.
  if (!(error instanceof Error) || !(expected || "syscall" in error)) throw error;
  console.error(`sqlproof: ${error.message}`);
  if (isMisuse) console.error("sqlproof --help lists the commands and options.");
  process.exitCode = misuse;
}
