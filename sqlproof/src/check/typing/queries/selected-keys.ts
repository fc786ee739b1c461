import type { Context } from "../context.ts";
import { type Scope, sameName } from "../scope.ts";
import { attributeOf, shapeOf } from "../walk.ts";
import { closure, type Dependency, isOneRow } from "./keys.ts";
import type { TypedSelect } from "./typed-select.ts";

/** A selected column of a table of the query itself. */
interface Plain {
  readonly name: string;
  readonly attribute: string;
}

/** The sets of selected columns that no two rows share. */
export function keysOf(typed: TypedSelect, context: Context): string[][] {
  const { select, selected, scope, scopes, dependencies, grouped } = typed;
  const keys: string[][] = [];
  if (select.distinct) keys.push(selected.map(({ name }) => name));
  const plain = selected.flatMap(({ name, alias: { bound } }) =>
    bound === null || !scopes.has(bound.scope) ? [] : [{ name, attribute: attributeOf(bound) }],
  );
  const known = closure(
    plain.map(({ attribute }) => attribute),
    dependencies,
  );
  if (!grouped && isOneRow(scope.relations, known)) keys.push(smallest(plain, dependencies, scope));
  const groups = grouped && !select.rollup ? groupNames(typed, plain, context) : null;
  if (groups !== null) keys.push(groups);
  return keys;
}

/** The selected names of all keys of GROUP BY: a column of the same name may be of another table. */
function groupNames({ select, selected }: TypedSelect, plain: readonly Plain[], context: Context): string[] | null {
  const names = select.group.flatMap((one) => {
    if (one.kind !== "column") {
      const shape = shapeOf(one, context.bound);
      const same = selected.find(({ node }) => node !== null && shapeOf(node, context.bound) === shape);
      return same === undefined ? [] : [same.name];
    }
    const bound = context.bound.get(one);
    const found =
      bound !== undefined
        ? plain.find(({ attribute }) => attribute === attributeOf(bound))
        : selected.find(({ name }) => one.table === null && sameName(name, one.name));
    return found === undefined ? [] : [found.name];
  });
  return names.length === select.group.length ? names : null;
}

/** Leaves out the columns that the others determine. */
function smallest(plain: readonly Plain[], dependencies: readonly Dependency[], scope: Scope): string[] {
  let kept = plain;
  for (const one of plain) {
    const rest = kept.filter((other) => other !== one);
    if (
      isOneRow(
        scope.relations,
        closure(
          rest.map(({ attribute }) => attribute),
          dependencies,
        ),
      )
    )
      kept = rest;
  }
  return kept.map(({ name }) => name);
}
