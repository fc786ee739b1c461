import type { RowDifference } from "../../src/differential/compare.ts";
import type { QueryRunner } from "../../src/differential/query-runner.ts";
import type { Random } from "../../src/differential/random.ts";
import type { Parameters } from "../../src/differential/values.ts";
import type { Proof } from "../../src/runtime/proof.ts";
import type { RemainingRows } from "../run/remaining-rows.ts";
import type { Stage } from "../run/stage.ts";
import { outlineOf } from "./kind.ts";
import { smallerTexts } from "./smaller-texts.ts";
import { tokensOf } from "./tokens.ts";

/** One execution that differs. */
export interface Differing {
  readonly text: string;
  readonly proof: Proof;
  readonly params: Parameters;
  readonly difference: RowDifference;
}

/** The same find with the least text and the least rows that still differ in the same way. */
export interface Shrunk extends Differing {
  readonly rows: RemainingRows;
}

/** Leaves out clauses, expressions and rows while the difference stays, until the time is up. */
export async function shrink(stage: Stage, found: Differing, random: Random, milliseconds: number): Promise<Shrunk> {
  const until = performance.now() + milliseconds;
  const smaller = await shrinkText(stage, found, random, until);
  return shrinkRows(stage, smaller, performance.now() + milliseconds / 2);
}

async function shrinkText(stage: Stage, found: Differing, random: Random, until: number): Promise<Differing> {
  const outline = outlineOf(found.difference);
  let best = found;
  for (let smaller: Differing | null = best; smaller !== null; ) {
    best = smaller;
    smaller = null;
    for (const text of smallerTexts(best.text)) {
      if (performance.now() > until) return best;
      if (text.length >= best.text.length) continue;
      smaller = await differing(stage, text, best, outline, random);
      if (smaller !== null) break;
    }
  }
  return best;
}

async function differing(
  stage: Stage,
  text: string,
  like: Differing,
  outline: string,
  random: Random,
): Promise<Differing | null> {
  const proof = await stage.prove(text).catch(() => null);
  if (proof === null) return null;
  const runner = await stage.runner(text, proof);
  const drawn = runner.parameters(random.fork("shrunk"));
  const known = proof.parameters.filter(({ name, type, list }) =>
    like.proof.parameters.some((other) => other.name === name && other.type === type && other.list === list),
  );
  const params = { ...drawn, ...Object.fromEntries(known.map(({ name }) => [name, like.params[name] ?? null])) };
  const difference = await differs(runner, params, outline);
  return difference === null ? null : { text, proof, params, difference };
}

/** Runs it twice: an engine may fail only when it runs a prepared statement again. */
async function differs(runner: QueryRunner, params: Parameters, outline: string): Promise<RowDifference | null> {
  for (let round = 0; round < 2; round += 1) {
    const { difference } = await runner.executeWith(params);
    if (difference !== null) return outlineOf(difference) === outline ? difference : null;
  }
  return null;
}

/** Rows whose key is not `id` all stay. */
async function shrinkRows(stage: Stage, found: Differing, until: number): Promise<Shrunk> {
  const outline = outlineOf(found.difference);
  const tables = [...stage.content].filter(
    ([name, rows]) => stage.engines.catalog.get(name)?.view === false && rows.every(({ id }) => typeof id === "number"),
  );
  let best: Shrunk = { ...found, rows: new Map(tables.map(([name, rows]) => [name, keysOf(rows)])) };
  const attempt = async (rows: RemainingRows): Promise<boolean> => {
    const runner = await stage.keeping(rows).runner(found.text, found.proof);
    const difference = await differs(runner, found.params, outline);
    if (difference === null) return false;
    best = { ...found, difference, rows };
    return true;
  };
  const named = new Set(tokensOf(found.text));
  const order = tables.map(([name]) => name).sort((a, b) => Number(named.has(a)) - Number(named.has(b)));
  for (const table of order)
    for (let step = best.rows.get(table)?.size ?? 0; step >= 1; step = Math.floor(step / 2))
      for (let from = 0; from < (best.rows.get(table)?.size ?? 0); ) {
        if (performance.now() > until) return best;
        const all = [...(best.rows.get(table) ?? [])];
        const fewer = new Map(best.rows).set(table, new Set([...all.slice(0, from), ...all.slice(from + step)]));
        if (!(await attempt(fewer))) from += step;
      }
  return best;
}

function keysOf(rows: readonly { readonly id?: unknown }[]): ReadonlySet<number> {
  return new Set(rows.map(({ id }) => Number(id)));
}
