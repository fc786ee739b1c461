import { override, statedType } from "../../rules/sqlite-alone.ts";
import type { Item } from "../../tree/nodes.ts";
import { type Context, refuse } from "../context.ts";
import { refuseZeroDate } from "../cures/zero-dates.ts";
import { checkNullMemberships } from "../expressions/null-memberships.ts";
import { selectedQuotient } from "../expressions/quotients.ts";
import { exactly, isMistaken } from "../floats.ts";
import { castOnServer } from "../operators.ts";
import type { Scope } from "../scope.ts";
import { type Type, truth, withNull } from "../type.ts";
import type { Selected } from "./typed-select.ts";

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
  refuseZeroDate(item.value, context);
  castOnServer(item.value, type, context);
  const [, alias, mark, word] = override.exec(item.alias ?? "") ?? [];
  if (alias !== undefined) checkMarks(alias, item, context);
  const name = alias ?? (item.value.kind === "column" ? item.value.name : "");
  const bound = item.value.kind === "column" ? (context.bound.get(item.value) ?? null) : null;
  const given = word === undefined ? type : stated(name, word, type, item, context);
  const shown = mark === undefined ? given : withNull(given, mark === "?");
  return [{ name, type: shown, node: item.value, alias: { type: shown, bound } }];
}

/** What remains as the name where a mark is misspelt. */
function checkMarks(name: string, item: Item, context: Context): void {
  const word = /: (\w+)$/.exec(name)?.[1];
  if (word !== undefined && override.exec(`x: ${word}`)?.[3] === undefined)
    refuse(
      context,
      "alias",
      `${word} in "${name}" is no type: write ${context.mode === "sqlite" ? "boolean, integer, bigint, double, text, blob, datetime or date" : "boolean, or no type: the type of a column is known"}`,
      item,
    );
  else if (/:|[!?]$/.test(name))
    refuse(
      context,
      "alias",
      `"${name}" is named like a mark that it does not have: write AS "name", "name!", "name?" or "name: boolean", with one space and a known type`,
      item,
    );
}

/** The type that the alias states for what has none. */
function stated(name: string, word: string, type: Type, item: Item, context: Context): Type {
  if (word === "boolean") {
    if (!["truth", "whole", "unknown"].includes(type.kind))
      refuse(context, "no-rule", `column ${name} is not a comparison and cannot be read as a boolean`, item);
    return truth(type.nullable);
  }
  if (context.mode === "sqlite" && type.kind === "unknown") return withNull(statedType(word), true);
  refuse(context, "no-rule", `column ${name} has a type already: leave out ": ${word}"`, item);
  return type;
}
