import { integer, type Typed, text } from "../schema/model.ts";
import { anyType, atom } from "./atoms.ts";
import { ownForm } from "./forms.ts";
import { literal, oddLiteral, stated } from "./literals.ts";
import { column, type Draft, deeper, type Scope } from "./scope.ts";
import { windowed } from "./windows.ts";

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

/** CASE, COALESCE, NULLIF, GREATEST and LEAST of any type. */
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
    () => `${draft.random.pick(["GREATEST", "LEAST"])}(${one()}, ${one()})`,
  ])();
}
