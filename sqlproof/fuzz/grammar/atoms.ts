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
import { literal, stated } from "./literals.ts";
import { column, type Draft, isInteger, onColumns, type Scope, sameType } from "./scope.ts";

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

function aggregated(draft: Draft, scope: Scope, wanted: Typed): string {
  const inside = onColumns(scope);
  const one = (typed: Typed) => draft.rules.expression(draft, { ...inside, depth: Math.min(inside.depth, 1) }, typed);
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
      () => `SUM(${one(boolean)})`,
      extremes,
    ])();
  if (wanted.type === "decimal")
    return draft.random.pick([
      () => `ROUND(AVG(${one(draft.random.pick([integer, decimal(2)]))}), ${wanted.scale})`,
      () => (wanted.scale < 4 ? extremes() : `AVG(${one(wanted.scale === 4 ? integer : decimal(wanted.scale - 4))})`),
      () => `SUM(${one(wanted)})`,
      () => `SUM(${one(wanted)})`,
      () => `COALESCE(SUM(${one(wanted)}), 0)`,
      () => `SUM(DISTINCT ${one(wanted)})`,
      extremes,
    ])();
  return extremes();
}
