import { integer, type Typed } from "../schema/model.ts";
import { typeInScope } from "./atoms.ts";
import { type Draft, isInteger, onColumns, type Scope } from "./scope.ts";

/** A window function of the type. */
export function windowed(draft: Draft, scope: Scope, wanted: Typed): string {
  const inside = onColumns(scope);
  const one = (typed: Typed) => draft.rules.expression(draft, { ...inside, depth: Math.min(inside.depth, 1) }, typed);
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
  const by = draft.rules.expression(draft, { ...scope, depth: 0 }, typeInScope(draft, scope));
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
