import type { Column, Table } from "../types/catalog.ts";
import type { Stored } from "../types/limit-values.ts";
import { acceptedRows } from "./base-row.ts";
import { boundDifferences, boundValues } from "./bounds.ts";
import { besideOthers, compareOutcomes, type Difference } from "./compare.ts";
import type { ProbedMariadb } from "./mariadb.ts";
import { areFew, type NewNumbers } from "./new-numbers.ts";
import type { Probe, Write } from "./probe.ts";
import { besideRows, type Near } from "./probes/beside.ts";
import { combinations } from "./probes/combinations.ts";
import { transitions } from "./probes/transitions.ts";
import { type ProbedSqlite, takenOf } from "./sqlite.ts";
import { type Literals, probeValues, type Row } from "./values.ts";
import {
  defaults,
  insert,
  oneByOne,
  rowsOfRounds,
  secondRows,
  smallPairs,
  type Taken,
  together,
  touch,
  tries,
  withoutNumber,
  withTriggers,
} from "./writes.ts";

export interface ProbedEngines {
  readonly mariadb: ProbedMariadb;
  readonly sqlite: ProbedSqlite;
}

/** What the table's CHECKs, triggers and expressions name. */
export interface Surroundings {
  /** With what they compare, and the same without SQLite's CHECKs. */
  readonly literals: Literals;
  readonly beside: Literals;
  /** The CHECKs of both engines, and what their generated columns compute. */
  readonly checks: readonly string[];
  readonly computed: readonly string[];
  /** True when MariaDB has CHECKs, or either engine triggers or generated columns: these see each value in each event. */
  readonly active: boolean;
  /** The words of its triggers. */
  readonly named: ReadonlySet<string>;
  /** The tables to which its triggers may write. */
  readonly others: readonly Table[];
  /** The texts of its triggers, and of those that run because of them. */
  readonly triggers: readonly string[];
  /** The other tables that these name. */
  readonly near: readonly Near[];
  /** The numbers that the engines give to rows of these and, where it has triggers, of the table itself. */
  readonly numbers: readonly NewNumbers[];
}

const triesOnMariadb = 40;

/** What the two engines do differently with the rows of one table. */
export async function tableEffects(table: Table, engines: ProbedEngines, around: Surroundings): Promise<string[]> {
  await engines.mariadb.begin(around.numbers);
  const columns = [...table.columns.values()].filter((column) => !column.generated);
  const values = new Map(columns.map((column) => [column, probeValues(column, around.literals)]));
  const row = await commonRow(table, values, engines, around.active);
  if (typeof row === "string")
    return [
      `table ${table.name}: no row was found that both engines take, so its CHECKs and triggers cannot be compared (${row})`,
    ];
  const tried = new Map(
    [...values].map(([column, list]) => [column, [...list, ...boundValues(column, around.literals)]]),
  );
  const verdicts = engines.sqlite.verdicts(table, row, tried, { breaks: false });
  const taken = takenOf(verdicts, values);
  const refused = [...values].flatMap(([column, list]) => {
    const passing = taken.get(column) ?? [];
    return tries(
      table,
      row,
      column,
      list.filter((value) => !passing.includes(value)),
    );
  });
  const found = await compared(engines, around.numbers, [
    ...withoutNumber(table, row, around),
    chain(table, row, taken, around, engines.sqlite),
    ...refused,
    ...withTriggers(table, row, taken, around),
    ...smallPairs(table, row, around),
    ...combinations(table, row, around),
    ...besideRows({ table, row }, around, engines.sqlite),
    ...transitions({ table, row }, around),
  ]);
  if (found.some(({ place }) => place === "first row"))
    return tableEffects(table, engines, { ...around, active: true });
  if (found.some(({ place }) => place.startsWith("row")))
    found.unshift(...(await explained(table, row, taken, engines, around.numbers)));
  return [...boundDifferences(table, columns, verdicts), ...firstOfEach(found)];
}

/** A row that both engines take, or what they said. MariaDB is asked where it has something that may refuse it. */
async function commonRow(
  table: Table,
  values: ReadonlyMap<Column, readonly Stored[]>,
  { mariadb, sqlite }: ProbedEngines,
  asks: boolean,
): Promise<Row | string> {
  let said = "";
  let asked = 0;
  for (const candidate of acceptedRows(table, values, sqlite)) {
    if ("refusal" in candidate) {
      if (asked === 0) said = `SQLite: ${candidate.refusal}`;
      continue;
    }
    if (!asks) return candidate.row;
    const { refusals } = await mariadb.run({ table, writes: [insert(candidate.row)], others: [] });
    const refusal = refusals[0] ?? null;
    if (refusal === null) return candidate.row;
    said = `MariaDB: ${refusal}`;
    asked += 1;
    if (asked === triesOnMariadb) break;
  }
  return said;
}

async function compared(
  { mariadb, sqlite }: ProbedEngines,
  numbers: readonly NewNumbers[],
  probes: readonly Probe[],
): Promise<Difference[]> {
  const few = numbers.some(areFew);
  await mariadb.begin(numbers);
  const pending = few ? [] : probes.map((probe) => mariadb.run(probe));
  const there = probes.map((probe) => sqlite.run(probe));
  const here = await Promise.all(pending);
  for (const probe of few ? probes : []) {
    await mariadb.begin(numbers);
    here.push(await mariadb.run(probe));
  }
  return probes.flatMap((probe, index) => {
    const [mine, other] = [here[index], there[index]];
    return mine === undefined || other === undefined ? [] : compareOutcomes(probe, mine, other, numbers);
  });
}

/** The row, what its keys and other columns do with it, the rows of the rounds, and the row with its defaults. */
function chain(table: Table, row: Row, taken: Taken, around: Surroundings, sqlite: ProbedSqlite): Probe {
  const rounds = rowsOfRounds(row, taken, around);
  const joined = together(table, rounds);
  const each =
    around.active || sqlite.run({ table, writes: joined, others: [] }).refusals.some((said) => said !== null);
  const first: Write = { ...insert(row), read: around.active, about: "first row" };
  const writes = [
    first,
    ...secondRows(table, row, taken, around.named.size === 0),
    ...touch(row, taken),
    ...(each ? oneByOne(rounds) : joined),
    ...defaults(table, row),
  ];
  return { table, writes, others: around.others };
}

/** Which columns' values the engines take differently, each in the row that both take. */
async function explained(
  table: Table,
  row: Row,
  taken: Taken,
  engines: ProbedEngines,
  numbers: readonly NewNumbers[],
): Promise<Difference[]> {
  const probes = [...taken].flatMap(([column, values]) =>
    values.flatMap((value) => tries(table, row, column, [value])),
  );
  return compared(engines, numbers, probes);
}

/** One message per place: further values show the same difference. */
function firstOfEach(differences: readonly Difference[]): string[] {
  const places = new Map<string, string>();
  // A row that one engine refuses says nothing more when a column explains it.
  const explains = differences.some(({ place }) => /^(column|other|key) /.test(place));
  const says = (place: string): boolean =>
    place === besideOthers ? differences.every((one) => one.place === place) : !(explains && place.startsWith("row"));
  for (const { place, message } of differences) if (!places.has(place) && says(place)) places.set(place, message);
  return [...places.values()];
}
