import type { Random } from "../../src/differential/random.ts";
import type { Model, ModelColumn, ModelTable } from "./model.ts";

/** Makes of a model another one for SQLite, which the comparison of schemas should refuse. */
export type Planter = (model: Model, random: Random) => Model;

/** What `--plant` can make different in the schema of SQLite. */
export const planters: ReadonlyMap<string, Planter> = new Map<string, Planter>([
  ["schema", (model, random) => withColumn(model, changesOf, random)],
  ["check", (model, random) => withColumn(model, checksOf, random)],
  ["generated", withGenerated],
  ["trigger", withTrigger],
]);

/** The same model but for one column or key. */
function withColumn(model: Model, changes: (column: ModelColumn) => readonly ModelColumn[], random: Random): Model {
  const places = model.tables.flatMap((table) =>
    table.columns.flatMap((column) => changes(column).map((changed) => ({ table, column, changed }))),
  );
  const { table, column, changed } = random.pick(places);
  return withTable(model, table, {
    ...table,
    columns: table.columns.map((other) => (other === column ? changed : other)),
  });
}

function withTable({ tables }: Model, table: ModelTable, planted: ModelTable): Model {
  return { tables: tables.map((other) => (other === table ? planted : other)) };
}

/** What the column could be on one engine only. */
function changesOf(column: ModelColumn): readonly ModelColumn[] {
  const { type, folds, range, size, preset, unique, nullable, refersTo, onDelete, generated, members } = column;
  if (generated !== null) return [];
  const changes: ModelColumn[] = [];
  if (type === "integer" && refersTo === null) changes.push({ ...column, range: [range[0] / 2n, range[1] / 2n] });
  if (type === "decimal") changes.push({ ...column, size: size - 2 });
  if (members.length > 0) changes.push({ ...column, members: members.slice(0, -1) });
  else if (type === "text") changes.push({ ...column, size: size - 1 });
  if (preset !== null) changes.push({ ...column, preset: null, nullable: true });
  if (preset === "0") changes.push({ ...column, preset: "1" });
  if (!unique && refersTo === null && !folds && (type === "text" || type === "integer"))
    changes.push({ ...column, unique: true });
  if (refersTo !== null) changes.push({ ...column, onDelete: onDelete === "CASCADE" ? "" : "CASCADE" });
  if (nullable) changes.push({ ...column, nullable: false });
  return changes;
}

/** A CHECK that MariaDB does not have: of values that rows may well have, so that the fill would meet a wider one. */
function checksOf(column: ModelColumn): readonly ModelColumn[] {
  const { name, type, refersTo, generated, members } = column;
  if (generated !== null || refersTo !== null) return [];
  if (type === "integer" || type === "bigint") return [{ ...column, check: `${name} <> 7` }];
  return type === "text" ? [{ ...column, check: `${name} <> '${members.at(-1) ?? "x"}'` }] : [];
}

/** A generated column of each table with whole numbers, which SQLite computes otherwise in one of them. */
function withGenerated(model: Model, random: Random): Model {
  const places = model.tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      column.generated === null ? [] : [{ table, column, generated: column.generated }],
    ),
  );
  const place = random.maybe(places);
  if (place === undefined) return model;
  const sqlite = `${place.generated.sqlite} + 1`;
  const planted = { ...place.column, generated: { ...place.generated, sqlite } };
  return withTable(model, place.table, {
    ...place.table,
    columns: place.table.columns.map((other) => (other === place.column ? planted : other)),
  });
}

/** A trigger that MariaDB does not have: an UPDATE or DELETE of rows does more than the statement says. */
function withTrigger(model: Model, random: Random): Model {
  const places = model.tables.flatMap((table) =>
    table.columns.flatMap(({ name, type, refersTo, generated, unique }) =>
      generated === null && refersTo === null && !unique && type === "text" ? [{ table, name }] : [],
    ),
  );
  const { table, name } = random.pick(places);
  const trigger = `AFTER UPDATE ON ${table.name} BEGIN UPDATE ${table.name} SET ${name} = '' WHERE id = NEW.id; END`;
  return withTable(model, table, { ...table, trigger });
}
