import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { numberedColumn } from "./new-numbers.ts";
import type { Probe, Write } from "./probe.ts";
import { type Literals, probeValues, type Row } from "./values.ts";

/** Per column the values that SQLite takes in the row with which the probes begin. */
export type Taken = ReadonlyMap<Column, readonly Stored[]>;

const mostRounds = 24;

/** With CHECKs on MariaDB or triggers, a value that is left out may be the one that is treated differently. */
const mostActiveRounds = 120;

export const removal: Write = { kind: "delete", rows: [], about: "row", read: false };

export function insert(...rows: readonly Row[]): Write {
  return { kind: "insert", rows, about: "row", read: true };
}

function update(row: Row): Write {
  return { kind: "update", rows: [row], about: "row", read: true };
}

/** Tries values of one column in a new row and in a stored one; both engines should refuse all of them, or take all. */
export function tries(table: Table, row: Row, column: Column, values: readonly Stored[]): Probe[] {
  if (values.length === 0) return [];
  const changes = values.map((value) => ({ [column.name]: value }));
  const about = { about: column, read: false };
  const inserts = changes.map((change): Write => ({ kind: "insert", rows: [{ ...row, ...change }], ...about }));
  const updates = changes.map((change): Write => ({ kind: "update", rows: [change], ...about }));
  return [
    { table, writes: inserts, others: [] },
    { table, writes: [unread(insert(row)), ...updates], others: [] },
  ];
}

/** The words of a table's triggers, and the tables to which they may write. */
interface Triggers {
  readonly named: ReadonlySet<string>;
  readonly others: readonly Table[];
}

/** What triggers do, event by event, and in an UPDATE of each column that they name. */
export function withTriggers(table: Table, row: Row, taken: Taken, { named, others }: Triggers): Probe[] {
  if (named.size === 0) return [];
  const first = unread(insert(row));
  const updates = [...taken].flatMap(([{ name }, values]): Probe[] => {
    const other = values.find((value) => value !== row[name]);
    if (other === undefined || !named.has(name)) return [];
    return [{ table, writes: [first, update({ [name]: other })], others }];
  });
  const events: readonly Probe[] = [
    { table, writes: [insert(row)], others },
    { table, writes: [first, removal], others },
    { table, writes: [first, removal, insert(row)], others: [] },
  ];
  return [...events, ...updates];
}

/** A new row as programs send it. Before it is stored, NEW has no number yet: it is 0 on MariaDB and -1 on SQLite. */
export function withoutNumber(table: Table, row: Row, { named, others }: Triggers): Probe[] {
  const number = numberedColumn(table)?.name;
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => name !== number));
  if (named.size === 0 || number === undefined || Object.keys(rest).length === 0) return [];
  return [{ table, writes: [insert(rest)], others }];
}

/**
 * UPDATEs of one column: whatever else changes, the engine changes by itself. The first changes nothing, and the second
 * gives each time the value that it has.
 */
export function touch(row: Row, taken: Taken): Write[] {
  const times = [...taken.keys()]
    .filter(({ type }) => type === "datetime")
    .map(({ name }) => [name, row[name] ?? null]);
  for (const [{ name, type }, values] of taken) {
    const other = values.find((value) => value !== row[name]);
    if (other === undefined || type === "datetime") continue;
    const same = { [name]: row[name] ?? null };
    if (times.length === 0) return [update(same), update({ [name]: other })];
    return [update(same), update({ [name]: other, ...Object.fromEntries(times) }), update(same)];
  }
  return [];
}

/**
 * For each unique key a row that differs in all the other keys: alone, and behind one that differs in that key, too,
 * which goes with it. The second only `withFresh`, because MariaDB uses up the number of a row that it refuses.
 */
export function secondRows(table: Table, row: Row, taken: Taken, withFresh: boolean): Write[] {
  const keys = keysOf(table);
  const different = (names: ReadonlySet<string>, at: number): Row => {
    const changes = [...taken].flatMap(([{ name }, values]) =>
      names.has(name) ? [[name, values.filter((value) => value !== row[name])[at] ?? null]] : [],
    );
    return { ...row, ...Object.fromEntries(changes) };
  };
  return keys.flatMap((key): Write[] => {
    const second = different(new Set(keys.flat().filter((name) => !key.includes(name))), 0);
    const fresh = different(new Set(keys.flat()), 1);
    const insertOf = (rows: readonly Row[], read: boolean): Write => ({ kind: "insert", rows, about: { key }, read });
    return [insertOf([second], false), ...(withFresh ? [insertOf([fresh, second], true)] : [])];
  });
}

function keysOf({ primaryKey, uniqueKeys }: Table): (readonly string[])[] {
  return [primaryKey, ...uniqueKeys].filter((key) => key.length > 0);
}

/** A row of which every column is left out that may be, in place of what there is. */
export function defaults(table: Table, row: Row): Write[] {
  const left = [...table.columns.values()].filter((column) => column.hasDefault && !column.numbered);
  const names = new Set(left.map(({ name }) => name));
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !names.has(name)));
  if (left.every((column) => column.generated) || Object.keys(rest).length === 0) return [];
  return [removal, { kind: "insert", rows: [rest], about: "default", read: true }];
}

/** Rows in which every column has each of its values at least once. */
export function rowsOfRounds(
  row: Row,
  taken: Taken,
  { literals, beside, active }: { readonly literals: Literals; readonly beside: Literals; readonly active: boolean },
): Row[] {
  const lists = [...taken].map(([column, passing]): [Column, readonly Stored[]] => {
    const wanted = new Set(probeValues(column, active ? literals : beside).map(String));
    return [column, passing.filter((value) => wanted.has(String(value)))];
  });
  const count = Math.min(active ? mostActiveRounds : mostRounds, Math.max(...lists.map(([, list]) => list.length)));
  return Array.from({ length: count }, (_, round) =>
    Object.fromEntries(
      lists.map(([{ name }, list]) => [
        name,
        list.length === 0 ? (row[name] ?? null) : (list[round % list.length] ?? null),
      ]),
    ),
  );
}

/** The rounds as UPDATEs and INSERTs one after another, so that each event sees each value. */
export function oneByOne(rounds: readonly Row[]): Write[] {
  return rounds.flatMap((row) => [update(row), removal, insert(row)]);
}

/** The rounds as one INSERT, each with keys of its own. */
export function together(table: Table, rounds: readonly Row[]): Write[] {
  const keys = new Set(keysOf(table).flat());
  const used = new Map<string, Set<Stored>>();
  const rows = rounds.map((row, round) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => {
        const before = used.get(name) ?? new Set();
        used.set(name, before.add(value));
        return [name, keys.has(name) ? distinct(value, before.size - 1 < round, round) : value];
      }),
    ),
  );
  return [removal, insert(...rows)];
}

/** Another value of the same length and form. */
function distinct(value: Stored, repeated: boolean, round: number): Stored {
  if (!repeated) return value;
  const number = 20 + round;
  if (typeof value === "bigint") return BigInt(number);
  if (typeof value !== "string") return value;
  const isDay = /^\d{4}-\d\d-\d\d/.test(value);
  return isDay ? `${2000 + number}-03-01${value.slice(10)}` : `${value.slice(0, -2)}${number}`;
}

function unread(write: Write): Write {
  return { ...write, read: false };
}

/** Few, because each pair has dozens of rows. */
const mostPairs = 8;
const small = [-3n, -2n, -1n, 0n, 1n, 2n, 3n];
const short = ["", "a", "A", "é", "aé", "a "];

/**
 * Small numbers, or short texts, in every two columns that a CHECK or a generated column names together. They show where one engine divides
 * whole numbers, compares decimals of different places, or counts bytes: the values of one column alone seldom do.
 */
export function smallPairs(
  table: Table,
  row: Row,
  { checks, computed }: { readonly checks: readonly string[]; readonly computed: readonly string[] },
): Probe[] {
  const shown = pairsIn(table, computed).map(([a, b]) => `${a.name} ${b.name}`);
  return pairsIn(table, [...computed, ...checks]).map(([a, b]) => {
    const read = shown.includes(`${a.name} ${b.name}`);
    const changes = valuesOf(a, row).flatMap((one) =>
      valuesOf(b, row).map((other) => ({ [a.name]: one, [b.name]: other })),
    );
    const writes = changes.map((change): Write => ({ ...update(change), read }));
    return { table, writes: [unread(insert(row)), ...writes], others: [] };
  });
}

function pairsIn({ columns }: Table, checks: readonly string[]): readonly (readonly [Column, Column])[] {
  const pairs = new Map<string, readonly [Column, Column]>();
  for (const check of checks) {
    const words = new Set(check.toLowerCase().match(/\w+/g));
    const named = [...columns.values()].filter(({ name }) => words.has(name.toLowerCase()));
    for (const kind of [isNumber, isText])
      for (const [index, a] of named.filter(kind).entries())
        for (const b of named.filter(kind).slice(index + 1)) pairs.set(`${a.name} ${b.name}`, [a, b]);
  }
  return [...pairs.values()].slice(0, mostPairs);
}

function isNumber({ type, generated }: Column): boolean {
  return !generated && (type === "integer" || type === "bigint" || type === "decimal");
}

function isText({ type, generated, fixed, members }: Column): boolean {
  return !generated && type === "text" && !fixed && members === null;
}

/** Short texts; small numbers, and those beside the column's value in a row that both engines take. */
function valuesOf({ name, type, range, length }: Column, row: Row): readonly Stored[] {
  if (type === "text") return short.filter((text) => text.length <= (length ?? text.length));
  const here = row[name];
  const beside = typeof here === "bigint" ? [here, here + 1n, here + 2n] : [];
  return [...new Set([...small, ...beside])].filter(
    (value) => range !== null && value >= range.min && value <= range.max,
  );
}
