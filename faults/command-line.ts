import { parseArgs } from "node:util";
import { type Engine, engines, type Row, type Size, sizes } from "./row.ts";

/** What the command line asks for. */
export interface Wanted {
  readonly rows: readonly Row[];
  readonly engines: readonly Engine[];
  readonly size: Size;
  /** Instead of the number that belongs to the size. */
  readonly trials: number | null;
  readonly seed: number;
  readonly write: boolean;
  readonly help: boolean;
}

export const helpText = `npm run faults -- [ROW ..] [options]

  F1 F2 ..            only these rows; all of them when none is named
  --size SIZE         pr, night or release: how much is tried (default pr)
  --trials N          so many trials instead, of every row
  --engine ENGINE     only sqlite, mariadb or cluster
  --seed N            repeats a run; it is printed at the beginning
  --write             enters what was measured into docs/reliability.md
  --help              this text`;

/** Reads it, or names every word that is wrong. */
export function readCommandLine(args: readonly string[], rows: readonly Row[]): Wanted | readonly string[] {
  const faults: string[] = [];
  const options = {
    size: { type: "string" },
    trials: { type: "string" },
    engine: { type: "string" },
    seed: { type: "string" },
    write: { type: "boolean" },
    help: { type: "boolean" },
  } as const;
  const { values, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const chosen: string[] = [];
  // What follows an unknown option is most likely its value, not a second fault.
  let unknownAt = Number.NaN;
  for (const token of tokens) {
    if (token.kind === "positional" && token.index !== unknownAt + 1) chosen.push(token.value.toUpperCase());
    if (token.kind !== "option" || token.name in options) continue;
    faults.push(`Unknown option ${token.rawName}: \`npm run faults -- --help\` lists them.`);
    unknownAt = token.index;
  }
  const ids = rows.map(({ id }) => id);
  for (const word of chosen)
    if (!ids.includes(word)) faults.push(`There is no row ${word}; there are ${ids.join(" ")}.`);
  const size = oneOf("--size", values.size, sizes, faults) ?? "pr";
  const engine = oneOf("--engine", values.engine, engines, faults);
  const trials = wholeNumber("--trials", values.trials, 1, faults);
  const seed = wholeNumber("--seed", values.seed, 0, faults) ?? Math.floor(Math.random() * 1_000_000);
  if (faults.length > 0) return faults;
  return {
    rows: rows.filter(({ id }) => chosen.length === 0 || chosen.includes(id)),
    engines: engine === null ? engines : [engine],
    ...{ size, trials, seed, write: values.write === true, help: values.help === true },
  };
}

function oneOf<T extends string>(option: string, value: unknown, allowed: readonly T[], faults: string[]): T | null {
  if (value === undefined) return null;
  const found = allowed.find((one) => one === value) ?? null;
  if (found === null) faults.push(`${option}: ${String(value)} is none of ${allowed.join(", ")}.`);
  return found;
}

function wholeNumber(option: string, value: unknown, least: number, faults: string[]): number | null {
  if (value === undefined) return null;
  const number = typeof value === "string" && /^[0-9]{1,9}$/.test(value) ? Number(value) : Number.NaN;
  if (number >= least) return number;
  faults.push(`${option} needs a whole number from ${least}.`);
  return null;
}
