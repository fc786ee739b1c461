// What triggers do when one value becomes another: they compare OLD and NEW.
import { formatUnits } from "../../../runtime/amounts.ts";
import type { Column, Table } from "../../types/catalog.ts";
import type { Stored } from "../../types/limit-values.ts";
import { inWords } from "../compare.ts";
import type { Probe, Write } from "../probe.ts";
import { literalsIn, type Row } from "../values.ts";
import { dayPairs } from "./days.ts";
import { amountIn, unitsIn } from "./rows.ts";

type Pair = readonly [old: Stored, next: Stored];

const mostPairs = 42;
const mostMembers = 7;
/** Numbers of triggers count with so many places. */
const places = 6;

/** UPDATEs of each column that a trigger names with OLD, from one value to another that is tried as it is stored. */
export function transitions(
  { table, row }: { readonly table: Table; readonly row: Row },
  { triggers, others }: { readonly triggers: readonly string[]; readonly others: readonly Table[] },
): Probe[] {
  const text = triggers.join(";\n");
  const named = namedWith("OLD", text);
  const columns = [...table.columns.values()].filter(
    ({ name, generated }) => !generated && !table.primaryKey.includes(name) && named.has(name.toLowerCase()),
  );
  const ofEach = columns.map((column): Probe => {
    const { name } = column;
    const writes = pairsOf(column, row[name] ?? null, text).flatMap(([old, next]): Write[] => [
      removed,
      inserted({ ...row, [name]: old }),
      { ...updated({ [name]: next }), read: true, beside: ` in a row with ${inWords(table, { [name]: old })}` },
    ]);
    return { table, writes, others };
  });
  return [...ofEach, ...besideStates(table, row, columns, others)].filter(({ writes }) => writes.length > 0);
}

/** The columns, in small letters, that a text names with OLD or NEW. */
function namedWith(word: "OLD" | "NEW", text: string): ReadonlySet<string> {
  const found = text.matchAll(new RegExp(`\\b${word}[\`"]?\\s*\\.\\s*[\`"]?(\\w+)`, "gi"));
  return new Set([...found].map(([, name = ""]) => name.toLowerCase()));
}

function pairsOf(column: Column, here: Stored, text: string): Pair[] {
  const { type, members, nullable, length } = column;
  const { texts, numbers } = literalsIn(text);
  const nulls: Pair[] = nullable
    ? [
        [null, here],
        [here, null],
      ]
    : [];
  if (members !== null) return [...ordered(namedFirst(members, texts).slice(0, mostMembers)), ...nulls];
  if (type === "boolean") return [...ordered([0n, 1n]), ...nulls];
  if (type === "text") {
    const quoted = [...text.matchAll(/'((?:[^']|'')+)'/g)].map(([, inside = ""]) => inside);
    const fitting = [...new Set(quoted)].filter((one) => one.length <= (length ?? one.length)).slice(0, 5);
    return fitting.length < 2 ? [] : [...ordered(fitting), ...nulls];
  }
  if (type === "date" || type === "datetime") return [...dayPairs([type, type], text).slice(0, mostPairs), ...nulls];
  if (column.range === null && type !== "double") return [];
  return [...amountPairs(column, numbers), ...nulls].slice(0, mostPairs);
}

/** Steps as large as the numbers of the triggers, and multiples. */
function amountPairs(column: Column, numbers: readonly string[]): Pair[] {
  const amounts = ["0", ...numbers].slice(0, 4);
  const value = (amount: string, more: bigint): Stored => amountIn(column, amount, more);
  const steps = amounts.flatMap((amount) => [-1n, 0n, 1n].map((more): Pair => [value("0", 0n), value(amount, more)]));
  const back = amounts
    .slice(1)
    .flatMap((amount) => [-1n, 0n, 1n].map((more): Pair => [value(amount, more), value("0", 0n)]));
  const times = amounts.slice(1).flatMap((amount) => {
    const hundredfold = formatUnits(unitsIn(amount, places) * 100n, places);
    return [-1n, 0n, 1n].map((more): Pair => [value("100", 0n), value(hundredfold, more)]);
  });
  return [...steps, ...back, ...times];
}

function ordered(values: readonly Stored[]): Pair[] {
  return values.flatMap((old) => values.flatMap((next): Pair[] => (old === next ? [] : [[old, next]])));
}

/** Those that a text names, then the rest. */
function namedFirst(members: readonly string[], texts: readonly string[]): readonly string[] {
  const isNamed = (member: string): boolean => texts.includes(member);
  return [...members.filter(isNamed), ...members.filter((member) => !isNamed(member))];
}

/** In each state of the row, a change of another column. */
function besideStates(table: Table, row: Row, columns: readonly Column[], others: readonly Table[]): Probe[] {
  const states = columns.filter(({ members, type }) => members !== null || type === "boolean").slice(0, 2);
  return states.map((state) => {
    const values: readonly Stored[] = state.members?.slice(0, mostMembers) ?? [0n, 1n];
    const changes = columns
      .filter((column) => column !== state)
      .slice(0, 4)
      .flatMap((column) => {
        const other = another(column, row[column.name] ?? null);
        return other === undefined ? [] : [{ [column.name]: other }];
      });
    const writes = values.flatMap((value) =>
      changes.flatMap((change): Write[] => [
        removed,
        inserted({ ...row, [state.name]: value }),
        { ...updated(change), read: true, beside: ` in a row with ${inWords(table, { [state.name]: value })}` },
      ]),
    );
    return { table, writes, others };
  });
}

function another({ type, members, range }: Column, here: Stored): Stored | undefined {
  if (members !== null) return members.find((member) => member !== here);
  if (type === "boolean") return here === 0n ? 1n : 0n;
  if (range !== null) return here === 2n ? 3n : 2n;
  if (type === "text") return here === "b" ? "c" : "b";
  return undefined;
}

const removed: Write = { kind: "delete", rows: [], about: "row", read: false, beside: "" };

function inserted(row: Row): Write {
  return { kind: "insert", rows: [row], about: "row", read: false, beside: "" };
}

function updated(row: Row): Write {
  return { kind: "update", rows: [row], about: "row", read: false, beside: "" };
}
