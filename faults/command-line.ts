import { parseArgs } from "node:util";
import { type Engine, engines, type Row, type Size, sizes } from "./row.ts";

/** The options of the command line. */
export interface Options {
  readonly rows: readonly Row[];
  readonly engines: readonly Engine[];
  readonly size: Size;
  /** Overrides the number of trials of the size. */
  readonly trials: number | null;
  readonly seed: number;
  readonly write: boolean;
  readonly help: boolean;
}

export const helpText = `npm run faults -- [ROW ..] [options]

  F1 F2 ..            run only these rows; default: all
  --size SIZE         pr, night or release: how many trials (default pr)
  --trials N          run N trials of every row instead
  --engine ENGINE     run only on sqlite, mariadb or cluster
  --seed N            repeat a run; each run prints its seed first
  --write             write the results into docs/reliability.md
  --help              print this text`;

/** The options, or one sentence for each mistake. */
export function readCommandLine(args: readonly string[], rows: readonly Row[]): Options | readonly string[] {
  const problems: string[] = [];
  const known = {
    size: { type: "string" },
    trials: { type: "string" },
    engine: { type: "string" },
    seed: { type: "string" },
    write: { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  const { values, tokens } = parseArgs({
    args: [...args],
    options: known,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const chosen: string[] = [];
  // The word after an unknown option is most likely its value, not a second mistake.
  let unknownAt = Number.NaN;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== unknownAt + 1) chosen.push(token.value.toUpperCase());
    if (token.kind !== "option" || token.name in known) continue;
    problems.push(`Unknown option ${token.rawName}: \`npm run faults -- --help\` lists them.`);
    unknownAt = token.index;
  }
  const ids = rows.map(({ id }) => id);
  for (const word of chosen)
    if (!ids.includes(word)) problems.push(`There is no row ${word}; there are ${ids.join(" ")}.`);
  const size = oneOf("--size", values.size, sizes, problems) ?? "pr";
  const engine = oneOf("--engine", values.engine, engines, problems);
  const trials = wholeNumber("--trials", values.trials, 1, problems);
  const seed = wholeNumber("--seed", values.seed, 0, problems) ?? Math.floor(Math.random() * 1_000_000);
  if (problems.length > 0) return problems;
  return {
    rows: rows.filter(({ id }) => chosen.length === 0 || chosen.includes(id)),
    engines: engine === null ? engines : [engine],
    ...{ size, trials, seed, write: values.write === true, help: values.help === true },
  };
}

function oneOf<T extends string>(option: string, value: unknown, allowed: readonly T[], problems: string[]): T | null {
  if (value === undefined) return null;
  const found = allowed.find((one) => one === value) ?? null;
  if (found === null) problems.push(`${option}: ${String(value)} is none of ${allowed.join(", ")}.`);
  return found;
}

function wholeNumber(option: string, value: unknown, least: number, problems: string[]): number | null {
  if (value === undefined) return null;
  const number = typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least) return number;
  problems.push(`${option} needs a whole number from ${least}.`);
  return null;
}
