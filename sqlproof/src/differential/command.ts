import { randomInt } from "node:crypto";
import { ConfigError, readConfig } from "../check/config.ts";
import { counted } from "../check/parse/words.ts";
import { limitMs } from "./engines.ts";
import { FillError } from "./fill.ts";
import { readProvenProject, UnprovenError } from "./proven-project.ts";
import {
  type Difference,
  type DifferentialOptions,
  type DifferentialReport,
  queriesOf,
  runDifferential,
} from "./run.ts";

export const differentialHelp = `  differential       run every query on both engines over the same generated rows, compare the answers
    --seed N         repeat the run of this seed; without it a new one is drawn
    --rows N         generated rows in each table (60)
    --rounds N       executions of each query, with other parameters each (12)
    --query TEXT     only the queries whose text contains TEXT; rows and parameters stay those of the whole run`;

const defaults = { rows: 60, rounds: 12 } as const;
const misuse = 2;

/** A value of an option with which no query would run, in one sentence. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** `sqlproof differential ..`: exits with 0 when the engines agree, 1 when they differ, 2 when it could not run. */
export async function differentialCommand(given: ReadonlyMap<string, string>): Promise<number> {
  // Otherwise an unsound type could go unnoticed when both engines return the same wrong value.
  process.env.SQLPROOF_ASSERT ??= "1";
  const started = performance.now();
  try {
    const options = readOptions(given);
    const project = readProvenProject(readConfig(process.cwd()));
    // A run of no query would find that the engines agree.
    if (options.query !== undefined && queriesOf(project, options).length === 0)
      throw new OptionError(`no query contains ${options.query}`);
    const report = await runDifferential(project, options);
    return print(report, options, performance.now() - started);
  } catch (error) {
    const expected = [ConfigError, FillError, UnprovenError].some((known) => error instanceof known);
    if (!expected || !(error instanceof Error)) throw error;
    console.error(`sqlproof: ${error.message}`);
    return error instanceof FillError ? 1 : misuse;
  }
}

function readOptions(given: ReadonlyMap<string, string>): DifferentialOptions {
  const [seed, rows, rounds, query] = ["seed", "rows", "rounds", "query"].map((name) => given.get(name));
  return {
    seed: seed === undefined ? randomInt(2 ** 31) : whole("--seed", seed, 0),
    rows: rows === undefined ? defaults.rows : whole("--rows", rows, 1),
    rounds: rounds === undefined ? defaults.rounds : whole("--rounds", rounds, 1),
    ...(query === undefined ? {} : { query }),
  };
}

function whole(name: string, text: string, least: number): number {
  if (!/^\d{1,10}$/.test(text) || Number(text) < least)
    throw new OptionError(`${name} takes a whole number from ${least}, got ${text}`);
  return Number(text);
}

function print(report: DifferentialReport, options: DifferentialOptions, durationMs: number): number {
  for (const difference of report.differences) console.error(`${described(difference, options)}\n`);
  for (const text of report.neverHit) console.log(`never returned or changed a row: ${oneLine(text)}`);
  for (const [text, times] of report.beyond64Bits)
    console.log(`beyond SQLite's 64 bits in ${times} of ${options.rounds} executions, not compared: ${oneLine(text)}`);
  for (const [text, params] of report.tooLong)
    console.log(
      `took MariaDB longer than ${limitMs / 1000} s, not compared: ${oneLine(text)} with ${JSON.stringify(params)}`,
    );
  const { queries, withRows, executions, rowsCompared, rejections, differences } = report;
  const beyond = [...report.beyond64Bits.values()].reduce((sum, times) => sum + times, 0);
  const counts =
    `${counted(queries, "query", "queries")} (${withRows} with rows), ` +
    `${counted(executions, "execution")} on each engine, ${counted(rowsCompared, "row")} compared, ${rejections} refused alike` +
    (beyond === 0 ? "" : `, ${beyond} beyond SQLite's 64 bits`);
  const end = `seed ${options.seed} (${Math.round(durationMs) / 1000} s)`;
  if (differences.length === 0) console.log(`sqlproof: the engines agree: ${counts}, ${end}`);
  else
    console.error(
      `sqlproof: ${counted(differences.length, "query", "queries")} answered differently: ${counts}, ${end}`,
    );
  return differences.length === 0 ? 0 : 1;
}

/** One difference, with everything needed to reproduce it. */
export function described(difference: Difference, { seed, rows, rounds }: DifferentialOptions): string {
  const { places, query, what, round, params, mariadb, sqlite } = difference;
  const at = places.map(({ file, line, column }) => `${file}:${line}:${column}`).join(", ") || "after filling";
  const part = query === null ? "" : ` --query ${quotedForShell(query)}`;
  return [
    `${at}: MariaDB and SQLite differ: ${what}`,
    ...(query === null ? [] : [`  query   ${oneLine(query)}`, `  params  ${JSON.stringify(params)} (round ${round})`]),
    `  MariaDB ${mariadb}`,
    `  SQLite  ${sqlite}`,
    `  again   sqlproof differential --seed ${seed} --rows ${rows} --rounds ${rounds}${part}`,
  ].join("\n");
}

function quotedForShell(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
