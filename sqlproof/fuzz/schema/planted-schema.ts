import type { Random } from "../../src/differential/random.ts";
import type { Model, ModelColumn, ModelTable } from "./model.ts";

/** The same model but for one column or key, as a schema that the parity check should refuse. */
export function plantedSchema(model: Model, random: Random): Model {
  const places = model.tables.flatMap((table) =>
    table.columns.flatMap((column) => changesOf(column).map((changed) => ({ table, column, changed }))),
  );
  const { table, column, changed } = random.pick(places);
  const columns = table.columns.map((other) => (other === column ? changed : other));
  const planted: ModelTable = { ...table, columns };
  return { tables: model.tables.map((other) => (other === table ? planted : other)) };
}

/** What the column could be on one engine only. */
function changesOf(column: ModelColumn): readonly ModelColumn[] {
  const { type, folds, range, size, preset, unique, nullable, refersTo, onDelete } = column;
  const changes: ModelColumn[] = [];
  if (type === "integer" && refersTo === null) changes.push({ ...column, range: [range[0] / 2n, range[1] / 2n] });
  if (type === "decimal") changes.push({ ...column, size: size - 2 });
  if (type === "text") changes.push({ ...column, size: size - 1 });
  if (preset !== null) changes.push({ ...column, preset: null, nullable: true });
  if (preset === "0") changes.push({ ...column, preset: "1" });
  if (!unique && refersTo === null && !folds && (type === "text" || type === "integer"))
    changes.push({ ...column, unique: true });
  if (refersTo !== null) changes.push({ ...column, onDelete: onDelete === "CASCADE" ? "" : "CASCADE" });
  if (nullable) changes.push({ ...column, nullable: false });
  return changes;
}
