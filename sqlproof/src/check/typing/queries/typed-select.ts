import type { Expression, Select } from "../../tree/nodes.ts";
import type { Context } from "../context.ts";
import { type Aliased, type Result, type Scope, sameName } from "../scope.ts";
import type { Type } from "../type.ts";
import type { Dependency } from "./keys.ts";

/** An item of a SELECT list with its name and type. */
export interface Selected {
  readonly name: string;
  readonly type: Type;
  /** Null for the columns of a `*`. */
  readonly node: Expression | null;
  readonly alias: Aliased;
}

/** A SELECT whose parts have their types. */
export interface TypedSelect {
  readonly select: Select;
  readonly selected: readonly Selected[];
  /** Its own scope, and those of its ON conditions. */
  readonly scopes: ReadonlySet<Scope>;
  readonly scope: Scope;
  readonly dependencies: readonly Dependency[];
  readonly grouped: boolean;
  readonly rows: Result["rows"];
}

/** The keys of GROUP BY, where an alias of the list stands for its expression. */
export function groupsOf({ select, selected }: TypedSelect, { bound }: Context): readonly Expression[] {
  return select.group.map((one) => {
    if (one.kind !== "column" || one.table !== null || bound.has(one)) return one;
    return selected.find(({ name }) => sameName(name, one.name))?.node ?? one;
  });
}
