import type { Binary, Expression, Select, Source } from "../../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import type { Bound } from "../../scope.ts";
import { attributeOf } from "../../walk.ts";
import { conjuncts } from "../keys.ts";

/** `a = b AND a IS NOT DISTINCT FROM b`: MariaDB looks `b` up by a key for both, and finds NULL by NULL. */
export function checkNullEqualities({ source, where }: Select, context: Context): void {
  if (context.mode === "sqlite") return;
  const conditions = [...joinConditions(source), ...(where === null ? [] : conjuncts(where))].filter(isComparison);
  const alike = groups(conditions.filter(({ operator }) => operator === "=").map((one) => sides(one, context)));
  for (const condition of conditions) {
    if (condition.operator !== "<=>") continue;
    const names = sides(condition, context);
    if (names.length === 2 && alike.some((group) => names.every((name) => group.has(name))))
      refuse(
        context,
        "no-rule",
        `${quoted(condition)} is of columns that = compares, too, and MariaDB takes NULL for equal by both: leave it out`,
        condition,
      );
  }
}

function isComparison(node: Expression): node is Binary {
  return node.kind === "binary" && (node.operator === "=" || node.operator === "<=>");
}

/** The conditions after ON. */
function joinConditions(source: Source | null): readonly Expression[] {
  if (source?.kind !== "join") return [];
  const own = source.on === null ? [] : conjuncts(source.on);
  return [...joinConditions(source.left), ...joinConditions(source.right), ...own];
}

/** The columns on both sides that may be NULL. */
function sides({ left, right }: Binary, context: Context): readonly string[] {
  return [left, right].flatMap((side) => {
    const bound: Bound | undefined = side.kind === "column" ? context.bound.get(side) : undefined;
    return bound?.column.type.nullable === true ? [attributeOf(bound)] : [];
  });
}

/** The columns that equal each other, also through others. */
function groups(pairs: readonly (readonly string[])[]): readonly ReadonlySet<string>[] {
  const found: Set<string>[] = [];
  for (const pair of pairs) {
    const met = found.filter((group) => pair.some((name) => group.has(name)));
    for (const group of met) found.splice(found.indexOf(group), 1);
    found.push(new Set([...pair, ...met.flatMap((group) => [...group])]));
  }
  return found;
}
