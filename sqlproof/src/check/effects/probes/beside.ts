// What triggers do with rows of other tables, and with several of their own table. These rows are there before the
// writes, with keys that both tables share and with amounts around those that the triggers name.
import type { Table } from "../../types/catalog.ts";
import { acceptedRows } from "../base-row.ts";
import { inWords } from "../compare.ts";
import type { Probe, Write } from "../probe.ts";
import type { ProbedSqlite } from "../sqlite.ts";
import { type Literals, literalsIn, probeValues, type Row } from "../values.ts";
import { linkedNames } from "./links.ts";
import { amountIn, numbered, RowMaker, unitsIn } from "./rows.ts";
import { spans } from "./spans.ts";

/** A table that triggers of another one name, and with what its own CHECKs compare. */
export interface Near {
  readonly table: Table;
  readonly literals: Literals;
}

interface Amount {
  readonly amount: string;
  readonly more: bigint;
}

/** What the probes of one table share. */
interface Scene {
  readonly own: RowMaker;
  readonly others: readonly RowMaker[];
  readonly amounts: readonly Amount[];
  /** The words of the triggers. */
  readonly words: ReadonlySet<string>;
  readonly sqlite: ProbedSqlite;
}

export function besideRows(
  { table, row }: { readonly table: Table; readonly row: Row },
  { triggers, near }: { readonly triggers: readonly string[]; readonly near: readonly Near[] },
  sqlite: ProbedSqlite,
): Probe[] {
  const text = triggers.join(";\n");
  const readsOwn = new RegExp(`\\b(FROM|JOIN|UPDATE|INTO)\\s+[\`"]?${table.name}\\b`, "i").test(text);
  if (triggers.length === 0 || (near.length === 0 && !readsOwn)) return [];
  const { texts, numbers } = literalsIn(text);
  const linked = linkedNames(triggers, [table, ...near.map((one) => one.table)]);
  const maker = (of: Table, base: Row): RowMaker => new RowMaker(of, base, linked, texts.slice(0, mostTexts));
  const scene: Scene = {
    own: maker(table, row),
    others: near.flatMap((one) => {
      const base = plainRow(one, sqlite);
      return base === null ? [] : [maker(one.table, base)];
    }),
    // Each write of rows that copies what it finds would double them.
    amounts: amountsNear(numbers).slice(0, copies.test(text) ? 2 : mostGroups),
    words: new Set(text.toLowerCase().match(/\w+/g)),
    sqlite,
  };
  const several =
    readsOwn && !copies.test(text)
      ? [counted(scene, numbers), ...sums(scene, numbers), ...spans(scene.own, sqlite)]
      : [];
  return [...[0, 1, 2].map((phase) => eachGroup(scene, phase)), ...several];
}

const copies = /\bINSERT\b[^;]*?\bINTO\s+[`"]?(\w+)\b[^;]*?\b(?:FROM|JOIN)\s+[`"]?\1\b/i;
const mostTexts = 6;
const mostGroups = 10;
const mostNumbers = 4;
const mostRows = 32;

function amountsNear(numbers: readonly string[]): Amount[] {
  const near = numbers
    .slice(0, mostNumbers)
    .flatMap((amount) => [0n, 1n, -1n].map((more): Amount => ({ amount, more })));
  const plain = ["10", "1", "3", "0"].map((amount): Amount => ({ amount, more: 0n }));
  const seen = new Map([...near, ...plain].map((one) => [`${one.amount} ${one.more}`, one]));
  return [...seen.values()];
}

function plainRow({ table, literals }: Near, sqlite: ProbedSqlite): Row | null {
  const columns = [...table.columns.values()].filter((column) => !column.generated);
  const values = new Map(columns.map((column) => [column, probeValues(column, literals)]));
  for (const one of acceptedRows(table, values, sqlite)) if ("row" in one) return one.row;
  return null;
}

/** Inserts, updates and deletes of one row for each group of rows that belong together. */
function eachGroup(scene: Scene, phase: number): Probe {
  const { own, amounts, sqlite } = scene;
  const filled = scene.others.map((maker) => ({ maker, rows: fill(maker, scene, phase) }));
  const rows = [...amounts.keys(), amounts.length].flatMap((group) => {
    const wanted = { key: group + 1, link: group + 1, ...amountOf(amounts, phase === 2 ? group + 2 : group), phase };
    const beside = filled.flatMap(({ maker, rows: all }) =>
      all.slice(group, group + 1).map((one) => besideOf(maker, one, scene)),
    );
    return own.taken(wanted, sqlite).map((row) => ({ row, beside: beside.slice(0, 2).join(" and") }));
  });
  const writes = rows.map(({ row, beside }): Write => ({ ...inserted(row), beside }));
  const reads = [own, ...scene.others].map(({ table }) => reading(table));
  const changes = rows.flatMap(({ row, beside }, group) =>
    changesOf(row, scene, { group, phase }).map((change): Write => ({ ...updated(own, row, change), beside })),
  );
  const deletes = rows.map(({ row, beside }): Write => ({ ...removed(own, row), beside }));
  const halves = (all: readonly Write[]): (readonly Write[])[] => {
    const half = Math.ceil(all.length / 2);
    return [all.slice(0, half), all.slice(half)];
  };
  return {
    table: own.table,
    writes: [
      ...emptied(scene),
      ...filled.flatMap(({ maker, rows: all }) => all.map((row): Write => ({ ...inserted(row), on: maker.table }))),
      ...[...halves(writes), changes, ...halves(deletes)].flatMap((part) => [...part, ...reads]),
    ],
    others: [],
  };
}

function emptied({ others }: Scene): Write[] {
  return others.map(({ table }) => ({ kind: "delete", on: table, rows: [], about: "row", read: false, beside: "" }));
}

function amountOf(amounts: readonly Amount[], at: number): Amount {
  return amounts[at % amounts.length] ?? { amount: "1", more: 0n };
}

/** The rows of another table. The last group has none. */
function fill(maker: RowMaker, { amounts, sqlite }: Scene, phase: number): Row[] {
  const isOne = maker.isOnePerLink && maker.links.length === 0;
  let key = 0;
  return amounts.flatMap((_, group) => {
    const here = amountOf(amounts, phase === 1 ? group + 1 : group);
    return partsOf(here, isOne ? 0 : phase).flatMap((part) => {
      key += 1;
      return maker.taken({ key, link: group + 1, ...part, phase: phase + group }, sqlite);
    });
  });
}

/** One row of the amount, as many as the amount is, or two that make it together. */
function partsOf(amount: Amount, phase: number): Amount[] {
  if (phase === 0) return [amount];
  const count = unitsIn(amount.amount, 0) + amount.more;
  if (phase === 1 && !amount.amount.includes(".") && count <= 5n)
    return Array.from({ length: count < 0n ? 0 : Number(count) }, () => ({ amount: "1", more: 0n }));
  return [
    { ...amount, more: amount.more - 1n },
    { amount: "0", more: 1n },
  ];
}

/** Changes of the row's amounts, of what it shares with others, and of its other columns. */
function changesOf(row: Row, { own, amounts, words }: Scene, at: { readonly group: number; readonly phase: number }) {
  const { group, phase } = at;
  const { amount, more } = amountOf(amounts, group + 1 + phase);
  const named = own.amounts.filter(({ name }) => words.has(name.toLowerCase()));
  const chosen = phase === 0 ? named : named.filter((_, index) => index === (group + phase) % named.length);
  const changed = Object.fromEntries(chosen.map((column) => [column.name, amountIn(column, amount, more)]));
  const moved = own.links.map(
    (column): Row => ({ [column.name]: numbered(column, 1 + ((group + 1) % amounts.length)) }),
  );
  const shifted = own.row({ key: group + 2, link: group + 1, amount, more, phase });
  const rest = own.rest
    .filter(({ name }) => words.has(name.toLowerCase()) && !own.amounts.some((one) => one.name === name))
    .filter((_, index) => phase === 0 || index % 3 === (group + phase) % 3)
    .slice(0, 4);
  const others = rest.map(({ name }): Row => ({ [name]: shifted[name] ?? null }));
  const together: Row = Object.assign({}, changed, ...moved);
  const all = phase === 2 ? [together, ...others] : [changed, ...moved, ...others];
  return all.filter((change) => Object.keys(change).length > 0 && row !== change);
}

/** More and more rows that share one number, then fewer. */
function counted(scene: Scene, numbers: readonly string[]): Probe {
  const { own, sqlite } = scene;
  const most = numbers.map(Number).filter((number) => Number.isInteger(number) && number + 2 <= mostRows);
  const count = Math.max(3, ...most.map((number) => number + 2));
  const rowAt = (key: number, link: number): Row[] => own.taken({ key, link, amount: "1", more: 0n, phase: 0 }, sqlite);
  const rows = Array.from({ length: count }, (_, at) => rowAt(at + 1, 1)).flat();
  const more = [1, 2].flatMap((at) => rowAt(count + at, 3));
  const read = reading(own.table);
  const moved = Object.fromEntries(own.links.map((column) => [column.name, numbered(column, 2)]));
  const beside = ` beside rows of ${own.table.name}`;
  const moves = own.links.length === 0 ? [] : rows.map((row) => updated(own, row, moved));
  const writes = [
    ...rows.map((row) => inserted(row)),
    read,
    ...(more.length < 2 ? [] : [{ ...inserted(...more), beside }]),
    ...moves,
    read,
    ...rows.map((row) => removed(own, row)),
  ];
  const filled = scene.others.flatMap((maker) =>
    fill(maker, scene, 0).map((row): Write => ({ ...inserted(row), on: maker.table })),
  );
  const reads = scene.others.map(({ table }) => reading(table));
  return {
    table: own.table,
    writes: [...emptied(scene), ...filled, ...writes.map((write): Write => ({ ...write, beside })), ...reads],
    others: [],
  };
}

/** Rows whose amounts make together one less than a number of the triggers, the number, and one more. */
function sums({ own, sqlite }: Scene, numbers: readonly string[]): Probe[] {
  const large = numbers.filter((number) => unitsIn(number, 2) > 100n).slice(0, mostNumbers);
  return large.map((amount): Probe => {
    const rows = [-1n, 1n, 1n, 1n].flatMap((more, at) => {
      const one = at === 0 ? { amount, more } : { amount: "0", more };
      return own.taken({ key: at + 1, link: 1, ...one, phase: 0 }, sqlite);
    });
    const second = rows[1];
    const set = (more: bigint): Row =>
      Object.fromEntries(own.amounts.map((column) => [column.name, amountIn(column, "0", more)]));
    const changes =
      second === undefined || own.amounts.length === 0
        ? []
        : [0n, 1n, 2n, 3n, 1n].map((more) => updated(own, second, set(more)));
    const writes = [...rows.map((row) => inserted(row)), ...rows.slice(2).map((row) => removed(own, row)), ...changes];
    const beside = ` beside rows of ${own.table.name}`;
    return {
      table: own.table,
      writes: [...writes.map((write): Write => ({ ...write, beside })), reading(own.table)],
      others: [],
    };
  });
}

/** Only the columns that the triggers name. */
function besideOf({ table }: RowMaker, row: Row, { words }: Scene): string {
  const named = Object.fromEntries(Object.entries(row).filter(([name]) => words.has(name.toLowerCase())));
  return ` beside ${inWords(table, named)} in ${table.name}`;
}

function inserted(...rows: readonly Row[]): Write {
  return { kind: "insert", rows, about: "row", read: false, beside: "" };
}

function updated(maker: RowMaker, row: Row, change: Row): Write {
  return { kind: "update", rows: [change], ...foundBy(maker, row), about: "row", read: false, beside: "" };
}

function removed(maker: RowMaker, row: Row): Write {
  return { kind: "delete", rows: [], ...foundBy(maker, row), about: "row", read: false, beside: "" };
}

function foundBy({ key }: RowMaker, row: Row): Pick<Write, "where"> {
  return key.length === 0 ? {} : { where: Object.fromEntries(key.map((name) => [name, row[name] ?? null])) };
}

function reading(table: Table): Write {
  return { kind: "read", on: table, rows: [], about: "row", read: true };
}
