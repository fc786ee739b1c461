import type { Item } from "../../tree/nodes.ts";
import { type Context, refuse } from "../context.ts";
import { checkNullMemberships } from "../expressions/null-memberships.ts";
import { selectedQuotient } from "../expressions/quotients.ts";
import { exactly, isMistaken } from "../floats.ts";
import { castOnServer } from "../operators.ts";
import type { Scope } from "../scope.ts";
import { truth, withNull } from "../type.ts";
import type { Selected } from "./typed-select.ts";

const override = /^(.+?)([!?])?(?:: (boolean))?$/;

/** An item of SELECT or RETURNING. */
export function typeOfItem(item: Item, scope: Scope, context: Context): Selected[] {
  if (item.kind === "star")
    return scope.relations
      .filter(({ alias }) => item.table === null || alias.toLowerCase() === item.table.toLowerCase())
      .flatMap((relation) =>
        relation.columns
          .filter(({ name }) => item.table !== null || !relation.hidden.has(name.toLowerCase()))
          .map((column) => ({
            name: column.name,
            type: column.type,
            node: null,
            alias: { type: column.type, bound: { scope, relation, column } },
          })),
      );
  const found = selectedQuotient(item.value, scope, context) ?? context.typers.expression(item.value, scope, context);
  const type = isMistaken(found) ? exactly(item.value, found, context) : found;
  checkNullMemberships(item.value, scope, context);
  castOnServer(item.value, type, context);
  const [, alias, mark, boolean] = override.exec(item.alias ?? "") ?? [];
  const name = alias ?? (item.value.kind === "column" ? item.value.name : "");
  const bound = item.value.kind === "column" ? (context.bound.get(item.value) ?? null) : null;
  const marked = mark === undefined ? type : withNull(type, mark === "?");
  const shown = boolean === undefined ? marked : truth(marked.nullable);
  if (boolean !== undefined && !["truth", "whole", "unknown"].includes(type.kind))
    refuse(context, "no-rule", `column ${name} is not a comparison and cannot be read as a boolean`, item);
  return [{ name, type: shown, node: item.value, alias: { type: shown, bound } }];
}
