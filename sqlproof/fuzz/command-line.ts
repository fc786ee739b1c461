import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { families } from "./run/families.ts";

export const usage = `npm run fuzz:sql             random statements: the checker judges them, both engines run what it accepts
  --seed N                   repeat the run of this seed; without it a new one is drawn
  --statements N             how many statements to make (10000)
  --accepted N               end when so many were accepted
  --seconds N                end after this time
  --from N                   begin with this statement; the others of the seed stay what they are
  --rounds N                 executions of each accepted statement (3)
  --processes N              deal the blocks of statements out to so many processes (1)
  --lanes N                  schemas under work at once in each process (2)
  --shrink-ms N              how long to shrink one find (4000)
  --skip PATTERN             leave out statements that match this regular expression
  --plant FAMILY             take out what stops this family of faults, and end when one is found; it must be:
                             ${[...families.keys()].join(", ")}`;

/** What the command line asks for. */
export interface Asked {
  /** The words themselves. */
  readonly args: readonly string[];
  readonly seed: number;
  readonly from: number;
  readonly statements: number;
  readonly accepted: number;
  readonly seconds: number;
  readonly rounds: number;
  readonly processes: number;
  readonly lanes: number;
  readonly shrinkMs: number;
  readonly skip: RegExp | null;
  readonly planted: string | null;
}

/** Null when only the usage is asked for. Throws `TypeError` on what it does not know. */
export function readCommandLine(args: readonly string[]): Asked | null {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ seed: text, from: text, statements: text, accepted: text, seconds: text, rounds: text, lanes: text },
      ...{ processes: text, "shrink-ms": text, skip: text, plant: text, help: { type: "boolean" } },
    },
  });
  if (values.help === true) return null;
  const planted = values.plant ?? null;
  if (planted !== null && !families.has(planted)) throw new TypeError(`no such family: ${planted}`);
  return {
    args,
    seed: whole(values.seed, randomInt(2 ** 31)),
    from: whole(values.from, 0),
    statements: whole(values.statements, 10_000),
    accepted: whole(values.accepted, Number.POSITIVE_INFINITY),
    seconds: whole(values.seconds, Number.POSITIVE_INFINITY),
    rounds: whole(values.rounds, 3),
    processes: Math.max(1, whole(values.processes, 1)),
    lanes: whole(values.lanes, 2),
    shrinkMs: whole(values["shrink-ms"], 4000),
    skip: values.skip === undefined ? null : new RegExp(values.skip),
    planted,
  };
}

function whole(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d{1,12}$/.test(text)) throw new TypeError(`a whole number is needed, got ${text}`);
  return Number(text);
}
