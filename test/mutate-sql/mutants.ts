import { createHash } from "node:crypto";
import type { Literal } from "../../sqlproof/src/check/parse/extract.ts";
import type { Catalog } from "../../sqlproof/src/check/types/catalog.ts";
import { type Proof, pairKey } from "../../sqlproof/src/runtime/proof.ts";
import type { Choose, Mutation } from "./mutation.ts";
import { assignments } from "./operators/assignments.ts";
import { columns, joins, tables } from "./operators/columns.ts";
import { arithmetic, comparisons } from "./operators/comparisons.ts";
import { conditions } from "./operators/conditions.ts";
import { groups, limits, locks, orders } from "./operators/order.ts";
import { aggregates, constants, parameters } from "./operators/values.ts";
import { readText } from "./text.ts";

/** A query of the project with one fault in it. */
export interface Mutant {
  /** Names it in the results: the same fault of the same text always has the same. */
  readonly id: string;
  /** The text that it takes the place of. */
  readonly query: string;
  readonly operator: string;
  readonly what: string;
  readonly literal: Pick<Literal, "key" | "mariadb" | "sqlite">;
  /** Which of the two texts of a pair has the fault. */
  readonly on: "both" | "mariadb" | "sqlite";
}

/** What is known of a query's parameters. */
type Typed = Pick<Proof, "parameters">;

/** Every mutant of a query, each text once. */
export function mutantsOf(literal: Literal, proof: Typed, catalog: Catalog, seed: number): Mutant[] {
  const changes = (sql: string) => mutationsOf(sql, proof, catalog, seed);
  const onSqlite = changes(literal.sqlite);
  if (literal.mariadb === literal.sqlite)
    return unique(
      literal,
      onSqlite.map((one) => made(literal, one, { mariadb: one.sql, sqlite: one.sql }, "both")),
    );
  const left = numbered(changes(literal.mariadb));
  const mutants: Mutant[] = [];
  for (const [name, one] of numbered(onSqlite)) {
    const same = left.get(name);
    left.delete(name);
    // An author makes the same mistake in both texts of a pair, which often have it from one fragment.
    if (same !== undefined) mutants.push(made(literal, one, { mariadb: same.sql, sqlite: one.sql }, "both"));
    else mutants.push(made(literal, one, { mariadb: literal.mariadb, sqlite: one.sql }, "sqlite"));
  }
  for (const one of left.values())
    mutants.push(made(literal, one, { mariadb: one.sql, sqlite: literal.sqlite }, "mariadb"));
  return unique(literal, mutants);
}

function mutationsOf(sql: string, proof: Typed, catalog: Catalog, seed: number): Mutation[] {
  const text = readText(sql);
  const choose: Choose = (place, from) => {
    const hash = createHash("sha256").update(`${seed} ${place} ${sql}`).digest();
    return from[hash.readUInt32LE(0) % from.length] ?? null;
  };
  return [
    ...comparisons(text),
    ...conditions(text),
    ...arithmetic(text),
    ...columns(text, catalog, choose),
    ...joins(text),
    ...tables(text, catalog, choose),
    ...orders(text),
    ...groups(text),
    ...locks(text),
    ...limits(text),
    ...aggregates(text),
    ...assignments(text, catalog),
    ...constants(text),
    ...parameters(text, proof.parameters, choose),
  ];
}

function made(
  literal: Literal,
  mutation: Mutation,
  texts: { mariadb: string; sqlite: string },
  on: Mutant["on"],
): Mutant {
  const isPair = literal.mariadb !== literal.sqlite;
  const key = isPair ? pairKey(texts.mariadb, texts.sqlite) : texts.sqlite;
  const id = createHash("sha256").update(`${literal.key}\n${key}`).digest("hex").slice(0, 16);
  return { id, query: literal.key, operator: mutation.operator, what: mutation.what, literal: { key, ...texts }, on };
}

function unique(literal: Literal, mutants: readonly Mutant[]): Mutant[] {
  const byText = new Map(mutants.map((mutant) => [plain(mutant.literal.key), mutant]));
  byText.delete(plain(literal.key));
  return [...byText.values()];
}

function plain(sql: string): string {
  return sql.replace(/\s+/g, " ").trim();
}

/** Equal changes by name and place, so that those of the two texts of a pair can be matched. */
function numbered(mutations: readonly Mutation[]): Map<string, Mutation> {
  const counts = new Map<string, number>();
  return new Map(
    mutations.map((one) => {
      const name = `${one.operator} ${one.what}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      return [`${name} ${count}`, one];
    }),
  );
}
