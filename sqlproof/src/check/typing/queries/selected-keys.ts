import type { Scope } from "../scope.ts";
import { attributeOf } from "../walk.ts";
import { closure, type Dependency, isOneRow } from "./keys.ts";
import type { TypedSelect } from "./typed-select.ts";

/** The sets of selected columns that no two rows share. */
export function keysOf({ select, selected, scope, dependencies, grouped }: TypedSelect): string[][] {
  const keys: string[][] = [];
  if (select.distinct) keys.push(selected.map(({ name }) => name));
  const plain = selected.flatMap(({ name, alias }) =>
    alias.bound === null ? [] : [{ name, attribute: attributeOf(alias.bound) }],
  );
  const known = closure(
    plain.map(({ attribute }) => attribute),
    dependencies,
  );
  if (!grouped && isOneRow(scope.relations, known)) keys.push(smallest(plain, dependencies, scope));
  if (grouped && select.group.every((one) => one.kind === "column")) {
    const names = select.group.map(
      (one) =>
        plain.find(
          ({ name, attribute }) =>
            one.kind === "column" &&
            (attribute.endsWith(`.${one.name.toLowerCase()}`) || name.toLowerCase() === one.name.toLowerCase()),
        )?.name,
    );
    if (names.every((name) => name !== undefined)) keys.push(names.filter((name) => name !== undefined));
  }
  return keys;
}

/** Leaves out the columns that the others determine. */
function smallest(
  plain: readonly { readonly name: string; readonly attribute: string }[],
  dependencies: readonly Dependency[],
  scope: Scope,
): string[] {
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
