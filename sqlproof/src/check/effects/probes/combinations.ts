// Values of several columns that a CHECK or a generated column names together: tried one by one, most differences hide.
import type { Column, Table } from "../../types/catalog.ts";
import type { Stored } from "../../types/limit-values.ts";
import type { Probe, Write } from "../probe.ts";
import { literalsIn, type Row } from "../values.ts";
import { type DayType, dayPairs } from "./days.ts";
import { amountIn } from "./rows.ts";

/** Columns that a condition names, and its text on both engines. */
interface Together {
  readonly columns: readonly Column[];
  readonly text: string;
  /** Whether a generated column shows what is computed. */
  readonly read: boolean;
}

export interface Conditions {
  /** The CHECKs of both engines, and what their generated columns compute. */
  readonly checks: readonly string[];
  readonly computed: readonly string[];
}

/** Few, because each has dozens of rows. */
const mostTogether = 8;
const mostRows = 120;
const mostColumns = 5;
const mostDayPairs = 3;

export function combinations(table: Table, row: Row, conditions: Conditions): Probe[] {
  return togetherIn(table, conditions).flatMap((one) => {
    const changes = [...products(one, row), ...totals(one, row)];
    return [changes, ...days(one)]
      .filter((all) => all.length > 0)
      .map((all): Probe => {
        const writes = all.map((change): Write => ({ ...writing("update", change), read: one.read }));
        return { table, writes: [writing("insert", row), ...writes], others: [] };
      });
  });
}

function writing(kind: "insert" | "update", row: Row): Write {
  return { kind, rows: [row], about: "row", read: false };
}

function togetherIn({ columns }: Table, { checks, computed }: Conditions): readonly Together[] {
  const found = new Map<string, Together>();
  for (const [texts, read] of [
    [checks, false],
    [computed, true],
  ] as const)
    for (const text of texts) {
      const words = new Set(withoutTexts(text).toLowerCase().match(/\w+/g));
      const named = [...columns.values()].filter(({ name, generated }) => !generated && words.has(name.toLowerCase()));
      if (named.length < 2) continue;
      const key = named.map(({ name }) => name).join(" ");
      const before = found.get(key);
      found.set(key, {
        columns: named,
        text: `${before?.text ?? ""} ${text}`,
        read: read || before?.read === true,
      });
    }
  return [...found.values()].slice(0, mostTogether);
}

/** Every member or truth value with each other one, and with small numbers and those that the condition names. */
function products({ columns, text }: Together, row: Row): Row[] {
  const isChoice = ({ members, type }: Column): boolean => members !== null || type === "boolean";
  const amounts = columns.filter(isAmount);
  if (!columns.some(isChoice) && amounts.length < 3) return [];
  const chosen = [
    ...columns.filter(isChoice),
    ...amounts,
    ...columns.filter((one) => !isChoice(one) && !isAmount(one)),
  ];
  const lists = chosen
    .slice(0, mostColumns)
    .map((column): [Column, readonly Stored[]] => [column, choices(column, row[column.name] ?? null, text)]);
  return rowsOf(shortened(lists));
}

function choices(column: Column, here: Stored, text: string): readonly Stored[] {
  const { members, type, nullable, length } = column;
  const { numbers } = literalsIn(text);
  const none = nullable ? [null] : [];
  if (members !== null) {
    const named = members.filter((member) => text.includes(`'${member}'`));
    return [...named, ...members.filter((member) => !named.includes(member)).slice(0, 3), ...none].slice(0, 9);
  }
  if (type === "boolean") return [0n, 1n, ...none];
  if (isAmount(column)) {
    const near = numbers.slice(0, 3).flatMap((amount) => [0n, -1n, 1n].map((more) => amountIn(column, amount, more)));
    return [...new Set([...near, ...[0n, 1n, 2n].map((more) => amountIn(column, "0", more)), ...none])].slice(0, 9);
  }
  if (type !== "text") return [here, ...none];
  const quoted = [...text.matchAll(/'((?:[^']|'')*)'/g)].map(([, inside = ""]) => inside);
  return [...new Set([here, ...none, ...quoted.filter((one) => one.length <= (length ?? one.length))])].slice(0, 4);
}

/** Takes the last value off the longest list until the product is small. */
function shortened(lists: readonly (readonly [Column, readonly Stored[]])[]): (readonly [Column, readonly Stored[]])[] {
  const all = [...lists];
  const product = (): number => all.reduce((count, [, values]) => count * values.length, 1);
  while (product() > mostRows) {
    const longest = Math.max(...all.map(([, values]) => values.length));
    const at = all.findLastIndex(([, values]) => values.length === longest);
    const [column, values] = all[at] ?? [];
    if (column === undefined || values === undefined || longest < 2) break;
    all[at] = [column, values.slice(0, -1)];
  }
  return all;
}

function rowsOf(lists: readonly (readonly [Column, readonly Stored[]])[]): Row[] {
  return lists.reduce<Row[]>(
    (rows, [{ name }, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  );
}

/** Amounts that make a number of the condition together, or differ by it. */
function totals({ columns, text }: Together, row: Row): Row[] {
  const amounts = columns.filter((column) => column.range !== null && isAmount(column));
  if (amounts.length < 2) return [];
  const numbers = literalsIn(text).numbers.slice(0, 2);
  const unitsOf = ({ name }: Column): bigint => BigInt(row[name]?.toString() ?? 0);
  return amounts.slice(0, 4).flatMap((column) => {
    const rest = amounts.filter((one) => one !== column).reduce((sum, one) => sum + unitsOf(one), 0n);
    const made = ["0", ...numbers].flatMap((amount) =>
      [-1n, 0n, 1n].flatMap((more) => [more - rest, more + rest].map((units) => amountIn(column, amount, units))),
    );
    return [...new Set(made)].map((value): Row => {
      const others = amounts.map(({ name }) => [name, row[name] ?? null]);
      return { ...Object.fromEntries(others), [column.name]: value };
    });
  });
}

function isAmount({ type }: Column): boolean {
  return type === "integer" || type === "bigint" || type === "decimal";
}

/** Each two days or times, around the lengths of time that the condition may mean. */
function days({ columns, text }: Together): Row[][] {
  const dated = columns.flatMap(({ name, type }): { name: string; type: DayType }[] =>
    type === "date" || type === "datetime" ? [{ name, type }] : [],
  );
  const pairs = dated.flatMap((a, index) => dated.slice(index + 1).map((b) => [a, b] as const));
  return pairs
    .slice(0, mostDayPairs)
    .map(([a, b]) =>
      dayPairs([a.type, b.type], text).map(([first, second]): Row => ({ [a.name]: first, [b.name]: second })),
    );
}

function withoutTexts(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''");
}
