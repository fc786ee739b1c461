import {
  bigint,
  boolean,
  date,
  datetime,
  decimal,
  double,
  folding,
  integer,
  type Typed,
  text,
} from "../schema/model.ts";
import { literal, oddLiteral, stated } from "./literals.ts";
import { column, type Draft, deeper, isInteger, onColumns, type Scope, sameType } from "./scope.ts";

const everyType = [
  integer,
  bigint,
  decimal(2),
  decimal(4),
  decimal(0),
  double,
  boolean,
  text,
  text,
  folding,
  datetime,
  date,
];

export function anyType(draft: Draft): Typed {
  return draft.random.pick(everyType);
}

/** The type of a column in scope, or any: so that most expressions have something to name. */
export function typeInScope(draft: Draft, scope: Scope): Typed {
  const found = draft.random.chance(0.9) ? column(draft, { ...scope, outer: [] }, () => true) : null;
  return found ?? anyType(draft);
}

/** An expression of the type; at times, when the draft slips, of another. */
export function expression(draft: Draft, scope: Scope, wanted: Typed): string {
  if (draft.slip()) return slipped(draft, scope, wanted);
  if (scope.depth <= 0) return atom(draft, scope, wanted);
  const made = draft.choose([
    [5, () => atom(draft, scope, wanted)],
    [3, () => ownForm(draft, scope, wanted)],
    [2, () => choice(draft, scope, wanted)],
    [scope.uses === "windows" ? 3 : 0, () => windowed(draft, scope, wanted)],
    [0.6, () => draft.rules.scalarSubquery(draft, scope, wanted)],
  ]);
  return made ?? atom(draft, scope, wanted);
}

/** What should be refused, or mean the same on both engines after all. */
function slipped(draft: Draft, scope: Scope, wanted: Typed): string {
  const made = draft.choose([
    [3, () => oddLiteral(draft, wanted)],
    [3, () => column(draft, scope, () => true)?.text ?? null],
    [2, () => column(draft, scope, ({ type }) => type === wanted.type)?.text ?? null],
    [1, () => `:${draft.parameter(anyType(draft))}${draft.random.chance(0.5) ? stated(anyType(draft)) : ""}`],
    [2, () => expression(draft, deeper(scope), anyType(draft))],
    [1, () => `(${draft.rules.condition(draft, deeper(scope))})`],
    [1, () => draft.rules.condition(draft, deeper(scope))],
    [2, () => oddFunction(draft, deeper(scope), wanted)],
  ]);
  return made ?? oddLiteral(draft, wanted);
}

function oddFunction(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => expression(draft, deeper(scope), draft.random.chance(0.7) ? wanted : anyType(draft));
  const { random } = draft;
  return random.pick([
    () => `${one()} / ${one()}`,
    () => `${one()} % ${one()}`,
    () => `${one()} + ${one()}`,
    () => `${one()} * ${one()}`,
    () => `ROUND(${one()})`,
    () => `ROUND(${one()}, ${random.between(0, 3)})`,
    () => `CAST(${one()} AS ${random.pick(["INTEGER", "CHAR", "DECIMAL(9,2)", "SIGNED"])})`,
    () => `UPPER(${one()})`,
    () => `LENGTH(${one()})`,
    () => `AVG(${one()})`,
    () => `SUM(${one()})`,
    () => `MAX(${one()})`,
    () => `IFNULL(${one()}, ${one()})`,
    () => `SIGN(${one()})`,
    () => `INSTR(${one()}, ${one()})`,
    () => `LOWER(${one()})`,
    () => `CONCAT(${one()}, ${one()})`,
    () => `${one()} || ${one()}`,
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `HEX(${one()})`,
    () => `SUBSTR(${one()}, ${one()}, ${one()})`,
    () => `TRIM(${one()})`,
    () => `MOD(${one()}, ${one()})`,
    () => `FLOOR(${one()})`,
    () => `CEIL(${one()})`,
    () => `${one()} & 1`,
    () => `(${one()} IS TRUE)`,
  ])();
}

/** A column, a literal or a parameter; in an aggregate query a group or an aggregate of a column. */
export function atom(draft: Draft, scope: Scope, wanted: Typed): string {
  if (scope.uses === "aggregates") return aggregated(draft, scope, wanted);
  const made = draft.choose([
    [7, () => plainColumn(draft, scope, wanted)],
    [wanted.type === "decimal" || wanted.type === "double" ? 0.3 : 1.2, () => literal(draft, wanted)],
    [1.2, () => `:${draft.parameter(wanted)}${stated(wanted)}`],
  ]);
  return made ?? (draft.random.chance(0.6) ? `:${draft.parameter(wanted)}${stated(wanted)}` : literal(draft, wanted));
}

export function plainColumn(draft: Draft, scope: Scope, wanted: Typed): string | null {
  const found = column(draft, scope, (it) => sameType(it, wanted));
  if (found !== null) return found.text;
  return isInteger(wanted) ? (column(draft, scope, isInteger)?.text ?? null) : null;
}

/** The forms that only values of this type have. */
function ownForm(draft: Draft, scope: Scope, wanted: Typed): string {
  switch (wanted.type) {
    case "integer":
    case "bigint":
      return wholeNumber(draft, scope, wanted);
    case "decimal":
      return amount(draft, scope, wanted);
    case "double":
      return floating(draft, scope);
    case "boolean":
      return `(${draft.rules.condition(draft, deeper(scope))})`;
    case "text":
      return characters(draft, scope, wanted);
    case "datetime":
    case "date":
    case "blob":
      return atom(draft, scope, wanted);
  }
}

function operand(draft: Draft, scope: Scope, wanted: Typed): string {
  const inner = expression(draft, deeper(scope), wanted);
  return /^[\w.]+(?:\([^()]*\))?$/.test(inner) || draft.random.chance(0.08) ? inner : `(${inner})`;
}

function wholeNumber(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const { random } = draft;
  return random.pick([
    () => `${one()} + ${one()}`,
    () => `${one()} - ${one()}`,
    () => `${one()} * ${random.between(0, 9)}`,
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `${one()} % ${random.between(2, 7)}`,
    () => `${one()} + ${random.between(0, 5)} - ${one()}`,
  ])();
}

function amount(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const { random } = draft;
  return random.pick([
    () => `${one()} + ${one()}`,
    () => `${one()} - ${one()}`,
    () => `${one()} * ${operand(draft, scope, integer)}`,
    () => `${random.between(2, 5)} * ${one()}`,
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () =>
      wanted.scale === 4 ? `${operand(draft, scope, decimal(2))} * ${operand(draft, scope, decimal(2))}` : `-${one()}`,
  ])();
}

function floating(draft: Draft, scope: Scope): string {
  const one = () => operand(draft, scope, double);
  return draft.random.pick([
    () => `-${one()}`,
    () => `ABS(${one()})`,
    () => `${one()} * 2`,
    () => `${one()} + ${one()}`,
  ])();
}

function characters(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => operand(draft, scope, wanted);
  const { random } = draft;
  return random.pick([
    () => `${one()} || ${one()}`,
    () => `${one()} || '-'`,
    () => `SUBSTR(${one()}, ${random.between(1, 4)}, ${random.between(0, 5)})`,
    () => `SUBSTR(${one()}, ${random.between(1, 4)})`,
    () => `TRIM(${one()})`,
    () => `LTRIM(${one()})`,
    () => `RTRIM(${one()})`,
    () => `REPLACE(${one()}, ${literal(draft, wanted)}, ${literal(draft, wanted)})`,
    () => `SUBSTR(${atom(draft, scope, random.pick([date, datetime]))}, 1, ${random.pick([4, 7, 10])})`,
  ])();
}

/** CASE, COALESCE and NULLIF of any type. */
function choice(draft: Draft, scope: Scope, wanted: Typed): string {
  const one = () => expression(draft, deeper(scope), wanted);
  const holds = () => draft.rules.condition(draft, deeper(scope));
  return draft.random.pick([
    () => `CASE WHEN ${holds()} THEN ${one()} ELSE ${one()} END`,
    () => `CASE WHEN ${holds()} THEN ${one()} WHEN ${holds()} THEN ${one()} END`,
    () => {
      const by = draft.random.pick([integer, text]);
      return `CASE ${atom(draft, scope, by)} WHEN ${literal(draft, by)} THEN ${one()} ELSE ${one()} END`;
    },
    () => `COALESCE(${one()}, ${one()})`,
    () => `COALESCE(${one()}, ${one()}, ${one()})`,
    () => `NULLIF(${one()}, ${one()})`,
  ])();
}

function aggregated(draft: Draft, scope: Scope, wanted: Typed): string {
  const inside = onColumns(scope);
  const one = (typed: Typed) => expression(draft, { ...inside, depth: Math.min(inside.depth, 1) }, typed);
  const own = column(draft, scope, (it) => sameType(it, wanted));
  if (own !== null && draft.random.chance(0.35)) return own.text;
  const extremes = () => `${draft.random.pick(["MIN", "MAX"])}(${one(wanted)})`;
  if (isInteger(wanted))
    return draft.random.pick([
      () => "COUNT(*)",
      () => `COUNT(${one(typeInScope(draft, inside))})`,
      () => `COUNT(DISTINCT ${one(draft.random.pick([integer, date, text]))})`,
      () => `SUM(${one(integer)})`,
      () => `COALESCE(SUM(${one(integer)}), 0)`,
      extremes,
    ])();
  if (wanted.type === "decimal")
    return draft.random.pick([
      () => `SUM(${one(wanted)})`,
      () => `SUM(${one(wanted)})`,
      () => `COALESCE(SUM(${one(wanted)}), 0)`,
      () => `SUM(DISTINCT ${one(wanted)})`,
      extremes,
    ])();
  return extremes();
}

function windowed(draft: Draft, scope: Scope, wanted: Typed): string {
  const inside = onColumns(scope);
  const one = (typed: Typed) => expression(draft, { ...inside, depth: Math.min(inside.depth, 1) }, typed);
  const { random } = draft;
  const functions = isInteger(wanted)
    ? [
        "ROW_NUMBER()",
        "RANK()",
        "DENSE_RANK()",
        "COUNT(*)",
        `SUM(${one(integer)})`,
        `COUNT(${one(integer)})`,
        "NTILE(3)",
      ]
    : wanted.type === "decimal"
      ? [`SUM(${one(wanted)})`, `MAX(${one(wanted)})`]
      : [`MIN(${one(wanted)})`, `MAX(${one(wanted)})`];
  const navigated = ["LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE"].map((name) => `${name}(${one(wanted)})`);
  const called = random.pick([...functions, ...functions, random.pick(navigated)]);
  const by = random.chance(0.6) ? `PARTITION BY ${one(typeInScope(draft, inside))}` : "";
  return `${called} OVER (${[by, windowOrder(draft, inside, called), frame(draft)].filter((part) => part !== "").join(" ")})`;
}

/** A total order, by a key, unless the draft slips. */
function windowOrder(draft: Draft, scope: Scope, called: string): string {
  const keys = scope.sources.map(({ name, columns }) => (columns[0]?.name === "id" ? `${name}.id` : null));
  const total = keys.filter((it) => it !== null).join(", ");
  const free = /^(RANK|DENSE_RANK|MIN|MAX|SUM|COUNT)/.test(called) && draft.random.chance(0.5);
  const by = expression(draft, { ...scope, depth: 0 }, typeInScope(draft, scope));
  if (free && draft.random.chance(0.4)) return "";
  if (free || total === "") return `ORDER BY ${by}`;
  return draft.slip() ? `ORDER BY ${by}` : `ORDER BY ${draft.random.chance(0.5) ? `${by}, ` : ""}${total}`;
}

function frame(draft: Draft): string {
  return draft.random.chance(0.06)
    ? draft.random.pick([
        "ROWS BETWEEN 1 PRECEDING AND CURRENT ROW",
        "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
      ])
    : "";
}
