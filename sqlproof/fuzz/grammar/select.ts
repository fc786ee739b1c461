import { integer, type Typed } from "../schema/model.ts";
import { atom, plainColumn, typeInScope } from "./atoms.ts";
import { condition } from "./conditions.ts";
import { expression } from "./expressions.ts";
import { from } from "./from.ts";
import { literal } from "./literals.ts";
import { type Draft, type Named, onColumns, type Scope, type Selected } from "./scope.ts";

/** The parts of a SELECT that its form decides. */
interface Form {
  readonly scope: Scope;
  readonly groups: readonly Group[];
  readonly distinct: boolean;
}

interface Group extends Named {
  readonly text: string;
}

/** A SELECT without ORDER BY, of the wanted types or of any. */
export function select(draft: Draft, around: Scope, wanted: readonly Typed[] | null): Selected {
  const { random } = draft;
  const clause = from(draft, around, around.depth > 0 ? 3 : 1);
  const plain: Scope = { ...around, sources: clause.sources, uses: "columns", groups: [] };
  const where = random.chance(0.6) ? ` WHERE ${condition(draft, plain)}` : "";
  const form = formOf(draft, plain);
  const items = itemsOf(draft, form.scope, wanted);
  const groupBy = form.groups.length === 0 ? "" : groupByOf(draft, form, items);
  const named = groupBy !== "" && random.chance(0.06) ? aliasGroup(draft, plain, items) : "";
  const having =
    form.scope.uses === "aggregates" && random.chance(0.4) ? ` HAVING ${havingOf(draft, form, items)}` : "";
  const list = items.map(({ text, name }) =>
    text === name || text.endsWith(`.${name}`) ? text : `${text} AS ${quotedAlias(name, text)}`,
  );
  return {
    text: `SELECT ${form.distinct ? "DISTINCT " : ""}${list.join(", ")} FROM ${clause.text}${where}${groupBy}${named}${having}`,
    columns: items.map(({ name, type, scale, folds }) => ({ name, type, scale, folds, nullable: true })),
    sources: clause.sources,
    distinct: form.distinct || form.scope.uses === "aggregates",
  };
}

/** The groups, some under the names that the select list gives them. */
function groupByOf({ random }: Draft, { groups }: Form, items: readonly Item[]): string {
  const keys = groups.map(({ text }) => {
    const item = items.find((one) => one.text === text && !text.endsWith(one.name));
    return item !== undefined && random.chance(0.4) ? item.name : text;
  });
  return ` GROUP BY ${keys.join(", ")}`;
}

/** One more group, under a name of the select list. */
function aliasGroup(draft: Draft, plain: Scope, items: readonly Item[]): string {
  const item = draft.random.maybe(items.filter(({ text }) => !/\b(MIN|MAX|SUM|COUNT|SELECT)\b/.test(text)));
  return item === undefined || plain.depth <= 0 ? "" : `, ${item.name}`;
}

/** Over the groups and aggregates; sometimes over a name of the select list, which may also be a column's. */
function havingOf(draft: Draft, form: Form, items: readonly Item[]): string {
  const item = draft.random.chance(0.3) ? draft.random.maybe(items) : undefined;
  if (form.groups.length === 0 || item === undefined) return condition(draft, { ...form.scope, depth: 1 });
  return `${item.name} ${draft.random.pick(["=", ">", "<>", "<="])} ${literal(draft, item)}`;
}

function quotedAlias(name: string, text: string): string {
  return text.startsWith("(") && name.startsWith("is_") ? `"${name}: boolean"` : name;
}

function formOf(draft: Draft, plain: Scope): Form {
  const { random } = draft;
  const drawn = random.next();
  if (drawn < 0.2 && plain.depth > 0) return { ...grouped(draft, plain), distinct: false };
  if (drawn < 0.32 && plain.depth > 0) return { scope: { ...plain, uses: "windows" }, groups: [], distinct: false };
  return { scope: plain, groups: [], distinct: drawn > 0.93 };
}

function grouped(draft: Draft, plain: Scope): Pick<Form, "scope" | "groups"> {
  const { random } = draft;
  const groups: Group[] = [];
  const count = random.pick([0, 1, 1, 1, 2]);
  const inner = onColumns(plain);
  for (let number = 0; number < count; number += 1) {
    const typed = typeInScope(draft, { ...plain, outer: [] });
    if ((typed.folds || typed.type === "blob") && !draft.slip()) continue;
    const own = plainColumn(draft, { ...plain, outer: [] }, typed);
    const text =
      own !== null && random.chance(0.85)
        ? own
        : expression(draft, { ...inner, depth: Math.min(inner.depth, 1) }, typed);
    if (groups.some((group) => group.text === text) || /^[\d:']/.test(text)) continue;
    groups.push({ ...typed, name: /[^.]*$/.exec(text)?.[0] ?? text, nullable: true, text });
  }
  const scope: Scope = { ...plain, uses: "aggregates", groups };
  return { scope, groups };
}

interface Item extends Typed {
  readonly text: string;
  readonly name: string;
}

function itemsOf(draft: Draft, scope: Scope, wanted: readonly Typed[] | null): readonly Item[] {
  const { random } = draft;
  const types = wanted ?? Array.from({ length: random.pick([1, 2, 2, 3, 4]) }, () => typeInScope(draft, scope));
  const items: Item[] = [];
  const named = (text: string, typed: Typed) => {
    const own = /^(?:\w+\.)?([a-z]\w*)$/i.exec(text)?.[1] ?? null;
    const natural = own !== null && !/^(TRUE|FALSE|NULL)$/i.test(own) && random.chance(0.8) ? own : null;
    const name = natural ?? alias(draft, scope, typed);
    items.push({ ...typed, text, name: items.some((item) => item.name === name) ? draft.name("v") : name });
  };
  if (wanted === null && scope.uses === "aggregates")
    for (const group of scope.groups) if (random.chance(0.8)) named(group.text, group);
  for (const typed of types) {
    if (scope.uses === "windows" && random.chance(0.4))
      named(plainColumn(draft, scope, typed) ?? atom(draft, scope, typed), typed);
    else named(expression(draft, { ...scope, depth: Math.min(scope.depth, 3) }, typed), typed);
  }
  return items;
}

/** Mostly a new name; sometimes that of a column in scope, which the engines may resolve differently. */
function alias(draft: Draft, scope: Scope, typed: Typed): string {
  if (typed.type === "boolean") return draft.name("is_");
  if (!draft.random.chance(scope.uses === "aggregates" ? 0.2 : 0.08)) return draft.name("v");
  return draft.random.maybe(scope.sources.flatMap(({ columns }) => columns))?.name ?? draft.name("v");
}

function inside(scope: Scope): Scope {
  const outer = scope.uses === "aggregates" ? [] : [...scope.sources, ...scope.outer];
  return { ...scope, outer, sources: [], uses: "columns", groups: [], depth: Math.min(scope.depth - 1, 2) };
}

/** A subquery of one value: an aggregate, or a row found by its key; when the draft slips, of any number of rows. */
export function scalarSubquery(draft: Draft, scope: Scope, wanted: Typed): string {
  const around = inside(scope);
  if (draft.slip()) return `(${select(draft, around, [wanted]).text})`;
  const clause = from(draft, around, 1);
  const within: Scope = { ...around, sources: clause.sources };
  const [source] = clause.sources;
  const byKey = draft.random.chance(0.25) && source?.columns[0]?.name === "id";
  if (byKey) {
    const one = expression(draft, { ...within, depth: Math.min(within.depth, 1) }, wanted);
    return `(SELECT ${one} FROM ${clause.text} WHERE ${source.name}.id = ${expression(draft, { ...scope, depth: 0 }, integer)})`;
  }
  const where = draft.random.chance(0.6) ? ` WHERE ${condition(draft, { ...within, depth: 1 })}` : "";
  if (source?.columns[0]?.name === "id" && draft.random.chance(0.25)) {
    const one = expression(draft, { ...within, depth: Math.min(within.depth, 1) }, wanted);
    const by = draft.slip() ? "" : `${source.name}.id${draft.random.pick(["", " DESC"])}`;
    return `(SELECT ${one} FROM ${clause.text}${where}${by === "" ? "" : ` ORDER BY ${by}`} LIMIT 1)`;
  }
  const value = atom(draft, { ...within, uses: "aggregates", groups: [] }, wanted);
  return `(SELECT ${value} FROM ${clause.text}${where})`;
}

export function exists(draft: Draft, scope: Scope): string {
  const around = inside(scope);
  const clause = from(draft, around, 2);
  const within: Scope = { ...around, sources: clause.sources };
  const not = draft.random.chance(0.3) ? "NOT " : "";
  return `${not}EXISTS (SELECT 1 FROM ${clause.text} WHERE ${condition(draft, within)})`;
}

/** A subquery of one column, for IN. */
export function valuesSubquery(draft: Draft, scope: Scope, wanted: Typed): string {
  return select(draft, inside(scope), [wanted]).text;
}
