import { key, type ModelColumn, type ModelTable, type Typed } from "../schema/model.ts";
import { atom } from "./atoms.ts";
import { condition } from "./conditions.ts";
import { expression } from "./expressions.ts";
import { literal, oddLiteral, stated } from "./literals.ts";
import { columnsOf, type Draft, type Scope } from "./scope.ts";
import { select } from "./select.ts";

const nowhere: Scope = { sources: [], outer: [], ctes: [], depth: 1, uses: "columns", groups: [] };

/** INSERT, INSERT .. SELECT, an upsert, UPDATE or DELETE. */
export function write(draft: Draft): string {
  const table = draft.table();
  const { random } = draft;
  return random.pick([
    () => insert(draft, table),
    () => insert(draft, table),
    () => insertSelect(draft, table),
    () => update(draft, table),
    () => update(draft, table),
    () => update(draft, table),
    () => remove(draft, table),
  ])();
}

function on(table: ModelTable, depth: number): Scope {
  return { ...nowhere, sources: [{ name: table.name, columns: columnsOf(table) }], depth };
}

function writable({ columns }: ModelTable): readonly ModelColumn[] {
  return columns.filter(({ generated }) => generated === null);
}

/** The columns that an INSERT names: all that must have a value, and some others. */
function inserted(draft: Draft, table: ModelTable): readonly ModelColumn[] {
  return writable(table)
    .filter(({ nullable, preset }) => (!nullable && preset === null) || draft.random.chance(0.6))
    .filter(() => !draft.slip());
}

function insert(draft: Draft, table: ModelTable): string {
  const { random } = draft;
  const columns = [...(random.chance(0.2) ? [key] : []), ...inserted(draft, table)];
  if (columns.length === 0) return `INSERT INTO ${table.name} (id) VALUES (:id)`;
  const rows = Array.from(
    { length: random.pick([1, 1, 1, 2]) },
    () => `(${columns.map((column) => insertedValue(draft, column)).join(", ")})`,
  );
  const head = `INSERT INTO ${table.name} (${columns.map(({ name }) => name).join(", ")}) VALUES ${rows.join(", ")}`;
  return head + conflict(draft, table, columns) + returning(draft, table);
}

function insertedValue(draft: Draft, column: ModelColumn): string {
  if (draft.slip()) return draft.random.chance(0.5) ? oddLiteral(draft, column) : expression(draft, nowhere, column);
  return (
    draft.choose([
      [5, () => `:${draft.parameter(column)}`],
      [
        column.type === "decimal" || column.type === "double" || column.refersTo !== null ? 0.2 : 2,
        () => literal(draft, column),
      ],
      [column.nullable ? 0.7 : 0, () => "NULL"],
      [0.5, () => `:${draft.parameter(column)}${stated(column)}`],
      [0.4, () => atom(draft, nowhere, column)],
    ]) ?? "NULL"
  );
}

/** ON CONFLICT on a unique key of the table whose columns the INSERT fills. */
function conflict(draft: Draft, table: ModelTable, columns: readonly ModelColumn[]): string {
  const { random } = draft;
  const unique = columns.filter((column) => column.unique).map(({ name }) => [name]);
  const together = table.uniqueTogether;
  const keys = [...unique, ...(together?.every((name) => columns.some((it) => it.name === name)) ? [together] : [])];
  const drawn = random.maybe(keys);
  if (drawn === undefined || random.chance(0.4)) return "";
  const names = drawn.join(", ");
  if (random.chance(0.3)) return ` ON CONFLICT (${names}) DO NOTHING`;
  const set = columns.filter(({ name }) => !drawn.includes(name) && random.chance(0.6));
  if (set.length === 0) return ` ON CONFLICT (${names}) DO NOTHING`;
  const assignments = set.map((column) => {
    const other =
      random.chance(0.3) || draft.slip() ? expression(draft, on(table, 1), column) : `excluded.${column.name}`;
    return `${column.name} = ${other}`;
  });
  const where = draft.slip() ? ` WHERE ${condition(draft, on(table, 0))}` : "";
  return ` ON CONFLICT (${names}) DO UPDATE SET ${assignments.join(", ")}${where}`;
}

function returning(draft: Draft, table: ModelTable): string {
  if (!draft.random.chance(0.25)) return "";
  const names = columnsOf(table)
    .map(({ name }) => name)
    .filter(() => draft.random.chance(0.5));
  const computed = draft.random.chance(0.2)
    ? [`${expression(draft, on(table, 1), table.columns[0] ?? anything)} AS v1`]
    : [];
  const list = [...names, ...computed];
  return list.length === 0 ? " RETURNING id" : ` RETURNING ${list.join(", ")}`;
}

const anything: Typed = { type: "integer", scale: 0, folds: false };

function insertSelect(draft: Draft, table: ModelTable): string {
  const columns = inserted(draft, table);
  if (columns.length === 0) return insert(draft, table);
  const depth = draft.random.pick([0, 1, 1, 2]);
  const from = select(draft, { ...nowhere, depth }, columns);
  return `INSERT INTO ${table.name} (${columns.map(({ name }) => name).join(", ")}) ${from.text}${returning(draft, table)}`;
}

function update(draft: Draft, table: ModelTable): string {
  const { random } = draft;
  const all = writable(table);
  const drawn = all.filter(() => random.chance(0.4));
  const columns = drawn.length === 0 ? all.slice(0, 1) : drawn.slice(0, 3);
  const scope = on(table, random.pick([0, 1, 1, 2]));
  const assignments = columns.map((column) => `${column.name} = ${assigned(draft, scope, column)}`);
  const answer = draft.slip() ? returning(draft, table) : "";
  return `UPDATE ${table.name} SET ${assignments.join(", ")}${where(draft, table)}${answer}`;
}

function assigned(draft: Draft, scope: Scope, column: ModelColumn): string {
  if (draft.slip()) return oddLiteral(draft, column);
  if (draft.random.chance(0.45)) return `:${draft.parameter(column)}`;
  if (column.nullable && draft.random.chance(0.08)) return "NULL";
  return expression(draft, scope, column);
}

function where(draft: Draft, table: ModelTable): string {
  const { random } = draft;
  if (random.chance(0.1)) return "";
  if (random.chance(0.4)) return " WHERE id = :id";
  return ` WHERE ${condition(draft, on(table, random.pick([0, 1, 1, 2])))}`;
}

function remove(draft: Draft, table: ModelTable): string {
  return `DELETE FROM ${table.name}${where(draft, table)}${returning(draft, table)}`;
}
