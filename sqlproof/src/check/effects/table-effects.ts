import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { acceptedRows } from "./base-row.ts";
import { boundDifferences } from "./bounds.ts";
import { compareOutcomes, type Difference } from "./compare.ts";
import type { ProbedMariadb } from "./mariadb.ts";
import type { Probe, Write } from "./probe.ts";
import type { ProbedSqlite } from "./sqlite.ts";
import { type Literals, probeValues, type Row } from "./values.ts";

export interface ProbedEngines {
  readonly mariadb: ProbedMariadb;
  readonly sqlite: ProbedSqlite;
}

/** What the table's CHECKs, triggers and expressions name. */
export interface Surroundings {
  /** With what they compare, and the same without SQLite's CHECKs. */
  readonly literals: Literals;
  readonly beside: Literals;
  /** True when MariaDB has CHECKs, or either engine triggers or generated columns: these see each value in each event. */
  readonly active: boolean;
  /** The tables to which its triggers may write. */
  readonly others: readonly Table[];
}

const mostRounds = 24;
const triesOnMariadb = 40;

/** What the two engines do differently with the rows of one table. */
export async function tableEffects(table: Table, engines: ProbedEngines, around: Surroundings): Promise<string[]> {
  const columns = [...table.columns.values()].filter((column) => !column.generated);
  const values = new Map(columns.map((column) => [column, probeValues(column, around.literals)]));
  const row = await commonRow(table, values, engines);
  if (typeof row === "string")
    return [
      `table ${table.name}: no row was found that both engines take, so its CHECKs and triggers cannot be compared (${row})`,
    ];
  const taken = engines.sqlite.taken(table, row, values);
  const rounds = rowsOfRounds(row, taken, around.beside);
  const probes = [
    ...[...values].flatMap(([column, tried]) => {
      const passing = taken.get(column) ?? [];
      return refused(
        table,
        row,
        column,
        tried.filter((value) => !passing.includes(value)),
      );
    }),
    ...withTriggers(table, row, taken, around.others),
    chain(
      table,
      row,
      [...secondRows(table, row, taken), ...touch(row, taken), ...writesOfRounds(rounds, around.active)],
      around.others,
    ),
  ];
  const found = await compared(engines, probes);
  if (found.some(({ kind, place }) => kind === "refusal" && place.startsWith("row")))
    found.unshift(...(await explained(table, row, taken, engines)));
  return [...boundDifferences(table, columns, row, engines.sqlite), ...firstOfEach(found)];
}

/** A row that both engines take, or what they said. */
async function commonRow(
  table: Table,
  values: ReadonlyMap<Column, readonly Stored[]>,
  { mariadb, sqlite }: ProbedEngines,
): Promise<Row | string> {
  let said = "";
  let asked = 0;
  for (const candidate of acceptedRows(table, values, sqlite)) {
    if ("refusal" in candidate) {
      if (asked === 0) said = `SQLite: ${candidate.refusal}`;
      continue;
    }
    const { refusals } = await mariadb.run({ table, writes: [insert(candidate.row)], others: [] });
    const refusal = refusals[0] ?? null;
    if (refusal === null) return candidate.row;
    said = `MariaDB: ${refusal}`;
    asked += 1;
    if (asked === triesOnMariadb) break;
  }
  return said;
}

async function compared({ mariadb, sqlite }: ProbedEngines, probes: readonly Probe[]): Promise<Difference[]> {
  const pending = probes.map((probe) => mariadb.run(probe));
  const there = probes.map((probe) => sqlite.run(probe));
  const here = await Promise.all(pending);
  return probes.flatMap((probe, index) => {
    const [mine, other] = [here[index], there[index]];
    return mine === undefined || other === undefined ? [] : compareOutcomes(probe, mine, other);
  });
}

/** What SQLite refuses, MariaDB must refuse too, in a new row and in a stored one. */
function refused(table: Table, row: Row, column: Column, values: readonly Stored[]): Probe[] {
  if (values.length === 0) return [];
  const tried = values.map((value) => ({ [column.name]: value }));
  const about = { about: column, read: false };
  const inserts = tried.map((change): Write => ({ kind: "insert", row: { ...row, ...change }, ...about }));
  const updates = tried.map((change): Write => ({ kind: "update", row: change, ...about }));
  return [
    { table, writes: inserts, others: [] },
    { table, writes: [insert(row), ...updates], others: [] },
  ];
}

/** What triggers write elsewhere, event by event. */
function withTriggers(
  table: Table,
  row: Row,
  taken: ReadonlyMap<Column, readonly Stored[]>,
  others: readonly Table[],
): Probe[] {
  if (others.length === 0) return [];
  const updates = [...taken].flatMap(([column, values]): Probe[] => {
    const other = values.find((value) => value !== row[column.name]);
    if (other === undefined) return [];
    const update: Write = { kind: "update", row: { [column.name]: other }, about: "row", read: true };
    return [{ table, writes: [insert(row), update], others }];
  });
  return [
    { table, writes: [insert(row)], others },
    { table, writes: [insert(row), removal], others },
    { table, writes: [insert(row), removal, insert(row)], others: [] },
    ...updates,
  ];
}

/** An UPDATE of one column alone: whatever else changes, the engine changes by itself. */
function touch(row: Row, taken: ReadonlyMap<Column, readonly Stored[]>): Write[] {
  for (const [{ name, type }, values] of taken) {
    const other = values.find((value) => value !== row[name]);
    if (other !== undefined && type !== "datetime")
      return [{ kind: "update", row: { [name]: other }, about: "row", read: true }];
  }
  return [];
}

/** For each unique key a row that differs in all the other keys. */
function secondRows(table: Table, row: Row, taken: ReadonlyMap<Column, readonly Stored[]>): Write[] {
  const keys = [table.primaryKey, ...table.uniqueKeys].filter((key) => key.length > 0);
  return keys.map((key) => {
    const others = new Set(keys.flat().filter((name) => !key.includes(name)));
    const changes = [...taken].flatMap(([{ name }, values]) =>
      others.has(name) ? [[name, values.find((value) => value !== row[name]) ?? null]] : [],
    );
    return { kind: "insert", row: { ...row, ...Object.fromEntries(changes) }, about: { key }, read: false };
  });
}

/** In a table where nothing acts on a row, every second round is an INSERT, the others are UPDATEs. */
function writesOfRounds(rounds: readonly Row[], active: boolean): Write[] {
  return rounds.flatMap((row, index): Write[] => {
    const update: Write = { kind: "update", row, about: "row", read: true };
    if (active) return [update, removal, insert(row)];
    return index % 2 === 0 ? [update] : [removal, insert(row)];
  });
}

/** Rows in which every column has each of its values at least once. */
function rowsOfRounds(row: Row, taken: ReadonlyMap<Column, readonly Stored[]>, beside: Literals): Row[] {
  const lists = [...taken].map(([column, passing]): [Column, readonly Stored[]] => {
    const wanted = new Set(probeValues(column, beside).map(String));
    return [column, passing.filter((value) => wanted.has(String(value)))];
  });
  const count = Math.min(mostRounds, Math.max(...lists.map(([, list]) => list.length)));
  return Array.from({ length: count }, (_, round) =>
    Object.fromEntries(
      lists.map(([column, list]) => [
        column.name,
        list.length === 0 ? (row[column.name] ?? null) : (list[round % list.length] ?? null),
      ]),
    ),
  );
}

/**
 * The row and the given writes, at last a row of which every column is left out that may be.
 */
function chain(table: Table, row: Row, writes: readonly Write[], others: readonly Table[]): Probe {
  const left = [...table.columns.values()].filter((column) => column.hasDefault && !column.numbered);
  const names = new Set(left.map(({ name }) => name));
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !names.has(name)));
  const hasDefaults = left.some((column) => !column.generated) && Object.keys(rest).length > 0;
  const last: Write[] = hasDefaults ? [removal, { kind: "insert", row: rest, about: "default", read: true }] : [];
  return { table, writes: [insert(row), ...writes, ...last], others };
}

/** Which columns' values the engines take differently, each in the row that both take. */
async function explained(
  table: Table,
  row: Row,
  taken: ReadonlyMap<Column, readonly Stored[]>,
  engines: ProbedEngines,
): Promise<Difference[]> {
  const single = (column: Column, value: Stored): Probe[] => {
    const change = { [column.name]: value };
    return [
      { table, writes: [{ kind: "insert", row: { ...row, ...change }, about: column, read: false }], others: [] },
      { table, writes: [insert(row), { kind: "update", row: change, about: column, read: false }], others: [] },
    ];
  };
  return compared(
    engines,
    [...taken].flatMap(([column, values]) => values.flatMap((value) => single(column, value))),
  );
}

const removal: Write = { kind: "delete", row: {}, about: "row", read: false };

function insert(row: Row): Write {
  return { kind: "insert", row, about: "row", read: true };
}

/** One message per place: further values show the same difference. */
function firstOfEach(differences: readonly Difference[]): string[] {
  const places = new Map<string, string>();
  // A row that one engine refuses says nothing more when a column explains it.
  const explains = differences.some(({ place }) => /^(column|other|key) /.test(place));
  for (const { place, message } of differences)
    if (!places.has(place) && !(explains && place.startsWith("row"))) places.set(place, message);
  return [...places.values()];
}
