import { parseArgs } from "node:util";
import { type Route, routes } from "./client/requests.ts";
import { usualConnections } from "./report/subjects.ts";
import type { Effort } from "./trial.ts";

export const help = `Races our API against the same API in several languages, on one private MariaDB

Usage: npm run bench -- [options]

  --quick              Two short rounds on fewer orders: a first look, not written to bench/results.
  --only NAME,NAME     Race only these contestants against ours, e.g. rocket,express.
  --routes NAME,NAME   Measure only routes that begin with these names, e.g. order,health.
  --connections LIST   Default: 1,64,1000 (--quick: 64).
  --rounds NUMBER      Default: 5 (--quick: 2).
  --seconds NUMBER     Length of each load. Default: 5 (--quick: 2).
  --orders NUMBER      Generated orders. Default: 100000 (--quick: 20000).
  --pool NUMBER        Connections of each contestant to MariaDB. Default: 32.
  --no-build-time      Do not measure how long each contestant takes to build from scratch.
  --verify             Only compare the answers.
  --help               Print this.
`;

export interface Options {
  readonly quick: boolean;
  readonly only: readonly string[] | null;
  readonly rounds: number;
  readonly orders: number;
  readonly verifyOnly: boolean;
  readonly buildTime: boolean;
  /** True when nothing is left out: then the results are stored and the chart is drawn. */
  readonly complete: boolean;
  readonly effort: Effort;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

/** The options of the command line, or "help". Throws an error with one sentence if they are wrong. */
export function readOptions(words: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...words],
    options: {
      ...{ quick: flag, verify: flag, help: flag, "no-build-time": flag },
      ...{ only: text, routes: text, connections: text, rounds: text, seconds: text, orders: text, pool: text },
    },
  });
  if (values.help) return "help";
  const quick = values.quick ?? false;
  const complete =
    !quick && values.only === undefined && values.routes === undefined && values.connections === undefined;
  return {
    quick,
    complete: complete && values.verify !== true,
    only: values.only === undefined ? null : list(values.only),
    rounds: wholeNumber("--rounds", values.rounds ?? (quick ? "2" : "5")),
    orders: wholeNumber("--orders", values.orders ?? (quick ? "20000" : "100000")),
    verifyOnly: values.verify ?? false,
    buildTime: complete && values["no-build-time"] !== true,
    effort: {
      seconds: wholeNumber("--seconds", values.seconds ?? (quick ? "2" : "5")),
      warmUpSeconds: quick ? 1 : 2,
      connections: list(values.connections ?? (quick ? `${usualConnections}` : `1,${usualConnections},1000`)).map(
        (one) => wholeNumber("--connections", one),
      ),
      routes: values.routes === undefined ? routes : namedRoutes(list(values.routes)),
      starts: quick ? 3 : 5,
      idle: quick ? [1000] : [1000, 10_000],
      poolSize: wholeNumber("--pool", values.pool ?? "32"),
    },
  };
}

function list(value: string): readonly string[] {
  return value.split(",").map((one) => one.trim());
}

function namedRoutes(names: readonly string[]): readonly Route[] {
  const found = routes.filter((route) => names.some((name) => route.startsWith(name)));
  if (found.length === 0) throw new Error(`--routes: there are ${routes.join("; ")}`);
  return found;
}

function wholeNumber(option: string, value: string): number {
  if (!/^[1-9]\d{0,8}$/.test(value)) throw new Error(`${option} must be a whole number.`);
  return Number(value);
}
