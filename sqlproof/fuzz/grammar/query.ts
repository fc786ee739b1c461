import { integer, type Typed } from "../schema/model.ts";
import { typeInScope } from "./atoms.ts";
import { condition } from "./conditions.ts";
import { expression } from "./expressions.ts";
import { from } from "./from.ts";
import { literal } from "./literals.ts";
import { columnsOf, type Draft, type Named, type Scope, type Selected, type Source } from "./scope.ts";
import { select } from "./select.ts";

const top: Scope = { sources: [], outer: [], ctes: [], depth: 3, uses: "columns", groups: [] };

/** A whole query: a SELECT, perhaps behind CTEs or in a set operation, perhaps sorted and limited. */
export function query(draft: Draft): string {
  const { random } = draft;
  const ctes: { readonly text: string; readonly source: Source; readonly recursive: boolean }[] = [];
  while (random.chance(ctes.length === 0 ? 0.15 : 0.3))
    ctes.push(
      random.chance(0.25)
        ? recursive(draft)
        : plainCte(
            draft,
            ctes.map(({ source }) => source),
          ),
    );
  const around: Scope = { ...top, ctes: ctes.map(({ source }) => source), depth: random.pick([1, 1, 2, 2, 3]) };
  const body = random.chance(0.1)
    ? setOperation(draft, around)
    : random.chance(0.04)
      ? everything(draft, around)
      : random.chance(0.03)
        ? alike(draft, around)
        : sorted(draft, select(draft, around, null));
  if (ctes.length === 0) return body;
  const word = ctes.some((cte) => cte.recursive) ? "WITH RECURSIVE" : "WITH";
  return `${word} ${ctes.map(({ text }) => text).join(", ")} ${body}`;
}

/** `SELECT *` and a lock. */
function everything(draft: Draft, around: Scope): string {
  const { random } = draft;
  const clause = from(draft, around, random.pick([1, 1, 2]));
  const stars = clause.sources.map(({ name }) => `${name}.*`);
  const star = random.pick(["*", stars.join(", "), random.pick(stars), `${random.pick(stars)}, ${random.pick(stars)}`]);
  const where = condition(draft, { ...around, sources: clause.sources });
  const key = random.pick([...clause.sources.map(({ name }) => `${name}.id`), "id_2", "v1_2"]);
  const by = random.chance(0.3) ? ` ORDER BY ${key}` : "";
  const lock = random.chance(0.3) ? random.pick([" FOR UPDATE", " LOCK IN SHARE MODE"]) : "";
  return `SELECT ${star} FROM ${clause.text} WHERE ${where}${by}${lock}`;
}

/** Rows that are all alike, because the WHERE gives what they show: any of them may come first. */
function alike(draft: Draft, around: Scope): string {
  const { random } = draft;
  const clause = from(draft, around, 2);
  const scope: Scope = { ...around, sources: clause.sources, depth: 1 };
  const shown: Source = {
    name: random.pick(clause.sources).name,
    columns: clause.sources
      .flatMap((source) => source.columns.map((column) => ({ ...column, name: `${source.name}.${column.name}` })))
      .filter(({ folds }) => !folds && random.chance(0.3)),
  };
  const equal = shown.columns.flatMap((column) => {
    if (draft.slip()) return [];
    if (random.chance(0.2)) return [`${column.name} IS NULL`];
    return [`${column.name} = ${random.chance(0.5) ? `:${draft.parameter(column)}` : literal(draft, column)}`];
  });
  const more = random.chance(0.4) ? [`(${condition(draft, scope)})`] : [];
  const where = [...equal, ...more].length === 0 ? "" : ` WHERE ${[...equal, ...more].join(" AND ")}`;
  const items = [...shown.columns.map(({ name }) => name), `${random.between(0, 2)}`];
  const list = items.map((item) => `${item} AS ${draft.name("v")}`).join(", ");
  const distinct = random.chance(0.1) ? "DISTINCT " : "";
  return `SELECT ${distinct}${list} FROM ${clause.text}${where} LIMIT ${random.between(1, 4)}`;
}

function plainCte(draft: Draft, before: readonly Source[]) {
  const name = draft.name("q");
  const inner = select(draft, { ...top, ctes: before, depth: draft.random.pick([0, 1, 2]) }, null);
  return { text: `${name} AS (${inner.text})`, source: { name, columns: inner.columns }, recursive: false };
}

/** Counts up to a limit, with a second column that is computed from row to row. */
function recursive(draft: Draft) {
  const { random } = draft;
  const name = draft.name("r");
  const second = typeInScope(draft, { ...top, sources: [{ name: "a", columns: draft.table().columns }] });
  const columns: Named[] = [
    { ...integer, name: "i", nullable: false },
    { ...second, name: "j", nullable: true },
  ];
  const table = draft.table();
  const rows: Scope = { ...top, sources: [{ name: table.name, columns: columnsOf(table) }], depth: 1 };
  const start = `SELECT id, ${expression(draft, rows, second)} FROM ${table.name}`;
  const within: Scope = { ...top, sources: [{ name, columns }], depth: 1 };
  const base = random.chance(0.4) ? `SELECT 1, ${literal(draft, second)}` : start;
  const limit = draft.slip() ? random.pick([1001, 1500, 2000]) : random.between(2, 20);
  const all = random.chance(0.85) ? "UNION ALL" : "UNION";
  const step = `SELECT i + 1, ${expression(draft, within, second)} FROM ${name} WHERE i < ${limit}`;
  return { text: `${name}(i, j) AS (${base} ${all} ${step})`, source: { name, columns }, recursive: true };
}

function setOperation(draft: Draft, around: Scope): string {
  const { random } = draft;
  const shallow = { ...around, depth: Math.min(around.depth, 2) };
  const first = select(draft, shallow, null);
  const types: readonly Typed[] = first.columns;
  const parts = [first.text];
  const count = random.pick([1, 1, 1, 2]);
  for (let number = 0; number < count; number += 1) {
    const word = random.pick(["UNION ALL", "UNION ALL", "UNION", "INTERSECT", "EXCEPT"]);
    parts.push(`${word} ${select(draft, { ...shallow, depth: 1 }, types).text}`);
  }
  const by = random.chance(0.3) ? ` ORDER BY ${first.columns.map(({ name }) => name).join(", ")}` : "";
  return parts.join(" ") + by;
}

/** With ORDER BY, and LIMIT where the order is total. */
function sorted(draft: Draft, selected: Selected): string {
  const { random } = draft;
  if (random.chance(0.5)) return selected.text;
  const keys = selected.sources.map(({ name, columns }) => (columns[0]?.name === "id" ? `${name}.id` : null));
  const complete = keys.every((it) => it !== null) && !selected.distinct;
  const items = orderItems(draft, selected);
  const limit = complete || draft.slip() ? random.chance(0.5) : false;
  const all = limit && !draft.slip() ? [...items, ...keys.filter((it) => it !== null)] : items;
  if (all.length === 0) return selected.text;
  const count = random.chance(0.5) ? ":most" : String(random.between(1, 6));
  const offset = random.chance(0.25) ? ` OFFSET ${random.between(0, 3)}` : "";
  return `${selected.text} ORDER BY ${all.join(", ")}${limit ? ` LIMIT ${count}${offset}` : ""}`;
}

function orderItems(draft: Draft, selected: Selected): readonly string[] {
  const { random } = draft;
  const direction = () => random.pick(["", "", " DESC", " ASC"]);
  const named = selected.columns.filter(({ folds, type }) => (!folds && type !== "blob") || draft.slip());
  const sorts = ({ name, type }: Named): string =>
    ["integer", "bigint", "decimal"].includes(type) && random.chance(0.15) ? `${name} * 2` : name;
  const items = named.filter(() => random.chance(0.5)).map(sorts);
  const scope: Scope = { ...top, sources: selected.sources, depth: 1 };
  if (!selected.distinct && random.chance(0.25)) {
    const typed = typeInScope(draft, scope);
    if (!typed.folds && typed.type !== "blob") items.push(expression(draft, scope, typed));
  }
  return items.map((item) => item + direction());
}
