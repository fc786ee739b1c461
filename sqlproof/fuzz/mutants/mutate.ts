// Mutants: real statements with one to three small changes. They reach forms that the grammar does not write.
import type { Random } from "../../src/differential/random.ts";
import { depths, joined, tokensOf } from "../find/tokens.ts";

type Tokens = readonly string[];

/** A statement with one to three changes. */
export function mutant(text: string, others: readonly string[], random: Random): string {
  let tokens: Tokens = tokensOf(text).map((token) => (/^CURRENT_/i.test(token) ? ":now::datetime" : token));
  const changes = random.pick([1, 1, 1, 2, 2, 3]);
  for (let change = 0; change < changes; change += 1) tokens = changed(tokens, others, random);
  return joined(tokens);
}

function changed(tokens: Tokens, others: readonly string[], random: Random): Tokens {
  const change = random.pick([operator, operator, name, name, literal, literal, wrapped, wrapped, leftOut, swapped]);
  const rarer = random.pick([spliced, parameter, unbracketed, word, beside]);
  return random.chance(0.7) ? change(tokens, random) : rarer(tokens, random, others);
}

const comparisons = ["=", "<>", "<", ">", "<=", ">="] as const;
const arithmetic = ["+", "-", "*"] as const;

/** Places where a token passes the test. */
function places(tokens: Tokens, test: (token: string, at: number) => boolean): readonly number[] {
  return tokens.flatMap((token, at) => (test(token, at) ? [at] : []));
}

function replaced(tokens: Tokens, from: number, to: number, by: Tokens): Tokens {
  return [...tokens.slice(0, from), ...by, ...tokens.slice(to)];
}

function operator(tokens: Tokens, random: Random): Tokens {
  const at = random.maybe(places(tokens, (token) => [...comparisons, ...arithmetic].some((it) => it === token)));
  if (at === undefined) return tokens;
  const known: readonly string[] = comparisons;
  return replaced(tokens, at, at + 1, [random.pick(known.includes(tokens[at] ?? "") ? known : arithmetic)]);
}

const isName = (token: string): boolean => /^[a-z_][a-z0-9_]*$/.test(token);

/** A name becomes another one of the statement: a column of another type, an alias, a table. */
function name(tokens: Tokens, random: Random): Tokens {
  const names = places(tokens, isName);
  const [at, other] = [random.maybe(names), random.maybe(names)];
  return at === undefined || other === undefined ? tokens : replaced(tokens, at, at + 1, [tokens[other] ?? ""]);
}

const literals = [
  ...["0", "1", "2", "-1", "300", "1.5", "NULL", "TRUE", "FALSE", "''", "'x'", "'10'", "'2024-02-31'", "0x41"],
  ...["'2024-01-15'", "'2024-01-15 10:00:00'", "2147483648", "'Ann '"],
] as const;

/** A literal or a parameter becomes another literal. */
function literal(tokens: Tokens, random: Random): Tokens {
  const at = random.maybe(places(tokens, (token) => /^[\d':]|^(TRUE|FALSE|NULL)$/.test(token)));
  return at === undefined ? tokens : replaced(tokens, at, at + 1, [random.pick(literals)]);
}

/** A column, literal or parameter: where it begins and ends, with the alias before it. */
function operand(tokens: Tokens, random: Random): readonly [number, number] | null {
  const at = random.maybe(
    places(
      tokens,
      (token, index) =>
        (isName(token) || /^[\d':]/.test(token)) && tokens[index + 1] !== "." && tokens[index + 1] !== "(",
    ),
  );
  if (at === undefined) return null;
  return tokens[at - 1] === "." ? [at - 2, at + 1] : [at, at + 1];
}

const wrappers: readonly ((inner: Tokens) => Tokens)[] = [
  ...["MAX", "MIN", "SUM", "ABS", "COUNT", "TRIM", "AVG", "ROUND", "UPPER", "-"].map((name) => (inner: Tokens) => [
    name,
    "(",
    ...inner,
    ")",
  ]),
  (inner) => ["COALESCE", "(", ...inner, ",", "0", ")"],
  (inner) => ["COALESCE", "(", ...inner, ",", "''", ")"],
  (inner) => ["NULLIF", "(", ...inner, ",", "1", ")"],
  (inner) => ["SUBSTR", "(", ...inner, ",", "1", ",", "3", ")"],
  (inner) => ["(", ...inner, "||", "'x'", ")"],
  (inner) => [...inner, "+", "1"],
  (inner) => [...inner, "*", "2"],
  (inner) => ["CASE", "WHEN", ...inner, ">", "1", "THEN", ...inner, "END"],
  (inner) => ["(", "SELECT", ...inner, ")"],
  (inner) => ["CAST", "(", ...inner, "AS", "INTEGER", ")"],
  (inner) => ["(", ...inner, "=", "1", ")"],
];

function wrapped(tokens: Tokens, random: Random): Tokens {
  const place = operand(tokens, random);
  if (place === null) return tokens;
  return replaced(tokens, place[0], place[1], random.pick(wrappers)(tokens.slice(place[0], place[1])));
}

/** A stretch between two commas, ANDs or clauses is left out. */
function leftOut(tokens: Tokens, random: Random): Tokens {
  const depth = depths(tokens);
  const from = random.maybe(
    places(tokens, (token) => /^(,|AND|OR|WHERE|ORDER|LIMIT|GROUP|HAVING|DISTINCT|NOT)$/.test(token)),
  );
  if (from === undefined) return tokens;
  const length = random.below(8);
  const ends = places(
    tokens,
    (token, at) =>
      at > from &&
      depth[at] === depth[from] &&
      (/^(,|AND|OR|FROM|WHERE|ORDER|LIMIT|GROUP|HAVING|\))$/.test(token) || at > from + length),
  );
  const closes = places(tokens, (_token, at) => at > from && (depth[at] ?? 0) < (depth[from] ?? 0));
  const to = Math.min(ends[0] ?? tokens.length, closes[0] ?? tokens.length);
  return replaced(tokens, from, to, []);
}

function swapped(tokens: Tokens, random: Random): Tokens {
  const [one, other] = [operand(tokens, random), operand(tokens, random)];
  if (one === null || other === null || one[1] > other[0]) return tokens;
  const [first, second] = [tokens.slice(one[0], one[1]), tokens.slice(other[0], other[1])];
  return replaced(replaced(tokens, other[0], other[1], first), one[0], one[1], second);
}

/** An operand becomes one of another statement. */
function spliced(tokens: Tokens, random: Random, others: readonly string[]): Tokens {
  const place = operand(tokens, random);
  const donor = tokensOf(random.maybe(others) ?? "");
  const taken = operand(donor, random);
  if (place === null || taken === null) return tokens;
  const length = random.pick([0, 0, 2, 4]);
  return replaced(tokens, place[0], place[1], donor.slice(taken[0], taken[1] + length));
}

const types = [
  "integer",
  "bigint",
  "decimal(2)",
  "decimal(4)",
  "double",
  "text",
  "boolean",
  "date",
  "datetime",
] as const;

/** A parameter's type is stated differently, or not at all. */
function parameter(tokens: Tokens, random: Random): Tokens {
  const at = random.maybe(places(tokens, (token) => /^:\w+(::|$)/.test(token)));
  if (at === undefined) return tokens;
  const bare = (tokens[at] ?? "").replace(/::.*/, "");
  return replaced(tokens, at, at + 1, [random.chance(0.2) ? bare : `${bare}::${random.pick(types)}`]);
}

function unbracketed(tokens: Tokens, random: Random): Tokens {
  const depth = depths(tokens);
  const open = random.maybe(places(tokens, (token) => token === "("));
  if (open === undefined) return tokens;
  const close = tokens.findIndex((token, at) => at > open && token === ")" && depth[at] === depth[open]);
  return close === -1
    ? tokens
    : [...tokens.slice(0, open), ...tokens.slice(open + 1, close), ...tokens.slice(close + 1)];
}

const words: ReadonlyMap<string, readonly string[]> = new Map([
  ["AND", ["OR", "AND NOT"]],
  ["OR", ["AND"]],
  ["LEFT", [""]],
  ["ASC", ["DESC"]],
  ["DESC", [""]],
  ["MAX", ["MIN", "SUM", "COUNT"]],
  ["MIN", ["MAX"]],
  ["SUM", ["MAX", "COUNT"]],
  ["COUNT", ["SUM", "MAX"]],
  ["IN", ["NOT IN"]],
  ["EXISTS", ["NOT EXISTS"]],
  ["UNION", ["INTERSECT", "EXCEPT", "UNION"]],
  ["ALL", [""]],
  ["SELECT", ["SELECT DISTINCT"]],
]);

function word(tokens: Tokens, random: Random): Tokens {
  const at = random.maybe(places(tokens, (token) => words.has(token)));
  if (at === undefined) return tokens;
  const other = random.pick(words.get(tokens[at] ?? "") ?? [""]);
  return replaced(
    tokens,
    at,
    at + 1,
    other.split(" ").filter((part) => part !== ""),
  );
}

/** A comparison more, without brackets. */
function beside(tokens: Tokens, random: Random): Tokens {
  const at = random.maybe(places(tokens, (token) => comparisons.some((it) => it === token)));
  const place = operand(tokens, random);
  if (at === undefined || place === null) return tokens;
  const added = tokens.slice(place[0], place[1]);
  return replaced(tokens, at, at, random.chance(0.5) ? [random.pick(comparisons), ...added] : ["IS", "NOT", "NULL"]);
}
