import { boolean, date, datetime, integer, type Typed, text } from "../schema/model.ts";
import { anyType, atom, plainColumn, typeInScope } from "./atoms.ts";
import { expression } from "./expressions.ts";
import { literal, stated } from "./literals.ts";
import { column, type Draft, deeper, isInteger, type Scope } from "./scope.ts";

/** A condition: what stands behind WHERE, ON, HAVING and WHEN. */
export function condition(draft: Draft, scope: Scope): string {
  if (draft.slip()) return slipped(draft, scope);
  const simple: readonly (readonly [number, () => string | null])[] = [
    [8, () => comparison(draft, scope)],
    [2, () => isNull(draft, scope)],
    [2, () => inList(draft, scope)],
    [1.5, () => between(draft, scope)],
    [1.2, () => like(draft, scope)],
    [1.5, () => column(draft, scope, ({ type }) => type === "boolean")?.text ?? null],
    [0.5, () => optional(draft, scope)],
    [0.4, () => sameOrNull(draft, scope)],
    [0.3, () => rowValues(draft, scope)],
  ];
  const compound: readonly (readonly [number, () => string | null])[] = [
    [3, () => `${bracketed(draft, scope)} AND ${bracketed(draft, scope)}`],
    [3, () => `(${bracketed(draft, scope)} OR ${bracketed(draft, scope)})`],
    [1.5, () => `NOT (${condition(draft, deeper(scope))})`],
    [1, () => draft.rules.exists(draft, scope)],
    [1, () => inSubquery(draft, scope)],
  ];
  const made = draft.choose(scope.depth <= 0 ? simple : [...simple, ...compound]);
  return made ?? comparison(draft, scope);
}

/** Conditions whose meaning depends on an engine's precedence or conversions. */
function slipped(draft: Draft, scope: Scope): string {
  const inner = deeper(scope);
  const one = () => expression(draft, { ...inner, depth: 0 }, typeInScope(draft, scope));
  const typed = () => expression(draft, { ...inner, depth: 0 }, anyType(draft));
  const holds = () => (scope.depth <= 0 ? comparison(draft, inner) : condition(draft, inner));
  const operator = () => draft.random.pick(["=", "<>", "<", ">", "<=", ">=", "="]);
  return draft.random.pick([
    () => `${one()} ${operator()} ${one()} ${operator()} ${one()}`,
    () => `${one()} ${operator()} ${one()}`,
    () => `${one()} ${operator()} ${typed()}`,
    () => `NOT ${holds()}`,
    () => `NOT ${one()} ${operator()} ${one()}`,
    () => `${holds()} OR ${holds()} AND ${holds()}`,
    () => `${holds()} IS NULL`,
    () => `${holds()} = ${holds()}`,
    () => one(),
    () => `${one()} BETWEEN ${one()} AND ${one()} ${operator()} ${one()}`,
    () => `${one()} ${operator()} ${one()} IS NOT NULL`,
    () => `${one()} IN (${one()}, ${typed()})`,
    () => `${one()} LIKE ${typed()}`,
    () => `${one()} IS ${draft.random.pick(["TRUE", "NOT TRUE", "FALSE"])}`,
    () => `(${one()}, ${one()}) ${operator()} (${one()}, ${one()})`,
    () => `${holds()} ${operator()} ${draft.random.pick(["TRUE", "FALSE", "1", "0"])}`,
  ])();
}

function bracketed(draft: Draft, scope: Scope): string {
  const inner = condition(draft, deeper(scope));
  return /\b(OR|AND|NOT)\b/.test(inner) && !inner.startsWith("(") && !draft.slip() ? `(${inner})` : inner;
}

const operators = ["=", "=", "=", "<>", "<", ">", "<=", ">="] as const;

/** The types that both engines compare alike. */
function comparable(draft: Draft, scope: Scope): Typed {
  const drawn = typeInScope(draft, scope);
  return drawn.folds || drawn.type === "blob" ? integer : drawn;
}

function comparison(draft: Draft, scope: Scope): string {
  const typed = comparable(draft, scope);
  const operator = draft.random.pick(operators);
  const left = side(draft, scope, typed);
  if (scope.uses !== "aggregates" && draft.random.chance(0.4)) {
    // A parameter whose type follows from the column beside it.
    const own = plainColumn(draft, scope, typed);
    if (own !== null) {
      const name = `:${draft.parameter(typed)}${draft.random.chance(0.15) ? stated(typed) : ""}`;
      return draft.random.chance(0.85) ? `${own} ${operator} ${name}` : `${name} ${operator} ${own}`;
    }
  }
  return `${left} ${operator} ${side(draft, scope, typed)}`;
}

function side(draft: Draft, scope: Scope, typed: Typed): string {
  const made = expression(draft, deeper(scope), typed);
  const open = /\b(CASE|AND|OR|NOT|IN|LIKE|BETWEEN|IS)\b|[=<>]/.test(made) && !/^(CASE|COALESCE|NULLIF|\()/.test(made);
  return open && !draft.slip() ? `(${made})` : made;
}

function isNull(draft: Draft, scope: Scope): string {
  const inner =
    scope.depth > 0 && draft.random.chance(0.2) ? expression(draft, deeper(scope), typeInScope(draft, scope)) : null;
  const tested = inner === null ? atom(draft, scope, typeInScope(draft, scope)) : `(${inner})`;
  return `${tested} IS ${draft.random.chance(0.5) ? "NOT " : ""}NULL`;
}

function inList(draft: Draft, scope: Scope): string {
  const typed = comparable(draft, scope);
  const not = draft.random.chance(0.25) ? "NOT " : "";
  const own = scope.uses === "aggregates" ? null : plainColumn(draft, scope, typed);
  if (own !== null && draft.random.chance(0.3)) return `${own} ${not}IN (:${draft.name("l")}...)`;
  const tested = own ?? side(draft, { ...scope, depth: 0 }, typed);
  const items = Array.from({ length: draft.random.between(1, 3) }, () =>
    draft.random.chance(0.75) && typed.type !== "decimal"
      ? literal(draft, typed)
      : own === null
        ? `:${draft.parameter(typed)}${stated(typed)}`
        : `:${draft.parameter(typed)}`,
  );
  return `${tested} ${not}IN (${items.join(", ")})`;
}

function between(draft: Draft, scope: Scope): string {
  const typed = comparable(draft, scope);
  const flat = { ...scope, depth: Math.min(scope.depth - 1, 1) };
  const not = draft.random.chance(0.2) ? "NOT " : "";
  return `${side(draft, flat, typed)} ${not}BETWEEN ${side(draft, flat, typed)} AND ${side(draft, flat, typed)}`;
}

function like(draft: Draft, scope: Scope): string | null {
  const own =
    scope.uses === "aggregates"
      ? null
      : column(draft, scope, (it) => it.type === "text" && (!it.folds || draft.slip()));
  if (own === null) return null;
  const marker = draft.random.pick(["!", "!", "#"]);
  const ending = draft.random.chance(0.5) ? ` ESCAPE '${marker}'` : "";
  const pattern = draft.random.chance(0.5)
    ? `:${draft.parameter(text)}`
    : `'${draft.random.pick(["A%", "%n%", "_nn", "%", "", "a!%b", "%é%", "ann%", "1_", "%  "])}'`;
  return `${own.text} ${draft.random.chance(0.2) ? "NOT " : ""}LIKE ${pattern}${ending}`;
}

/** `(:x IS NULL OR column = :x)`: the optional filter. */
function optional(draft: Draft, scope: Scope): string | null {
  const typed = comparable(draft, scope);
  const own = scope.uses === "aggregates" ? null : plainColumn(draft, scope, typed);
  if (own === null) return null;
  const name = draft.parameter(typed);
  return `(:${name} IS NULL OR ${own} ${draft.random.pick(operators)} :${name})`;
}

function sameOrNull(draft: Draft, scope: Scope): string | null {
  const typed = comparable(draft, scope);
  const own = scope.uses === "aggregates" ? null : plainColumn(draft, scope, typed);
  if (own === null) return null;
  const other = draft.random.chance(0.5) ? `:${draft.parameter(typed)}` : atom(draft, scope, typed);
  return `${own} IS NOT DISTINCT FROM ${other}`;
}

function rowValues(draft: Draft, scope: Scope): string {
  const typed = draft.random.pick([integer, date, datetime, text]);
  const other = draft.random.pick([integer, boolean]);
  const flat = { ...scope, depth: 0 };
  const pair = () => `(${atom(draft, flat, typed)}, ${atom(draft, flat, other)})`;
  return `${pair()} ${draft.random.pick(operators)} ${pair()}`;
}

function inSubquery(draft: Draft, scope: Scope): string {
  const typed = comparable(draft, scope);
  const wanted = isInteger(typed) ? integer : typed;
  const not = draft.random.chance(0.3) ? "NOT " : "";
  return `${side(draft, { ...scope, depth: 0 }, wanted)} ${not}IN (${draft.rules.valuesSubquery(draft, scope, wanted)})`;
}
