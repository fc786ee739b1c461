import type { Argument } from "../argument.ts";
import type { Context } from "../context.ts";
import { givenText, integerType, safeRange, type Type, truth } from "../type.ts";

const day: Type = { kind: "date", nullable: false };

/** What a parameter that stays without a type is likely to be: of the type beside it, or a text where text is cut. */
export function hintOpen(name: string, types: readonly Type[], context: Context): void {
  const beside = types.find((type) => !["open", "null", "unknown"].includes(type.kind)) ?? null;
  for (const [index, type] of types.entries()) {
    const isDay = index === 0 && (dated.test(name) || parts.test(name));
    const isTest = index === 0 && (name === "IF" || name === "IIF");
    const hint = isDay
      ? day
      : isTest
        ? truth(false)
        : !name.startsWith("SUBSTR")
          ? beside
          : index === 0
            ? givenText(null)
            : integerType(safeRange);
    if (type.kind === "open" && hint !== null) context.parameters.hint(type.name, hint);
  }
}

/** Functions of either engine alone that give or take a day or a time. */
const dated =
  /^(DATE|TIME|DATETIME|TIMESTAMP|(DATE|TIME)_?(ADD|SUB|DIFF|FORMAT)|ADDDATE|SUBDATE|LAST_DAY|JULIANDAY|UNIXEPOCH)$/;

/** Functions that give a number of a day or a time. */
const parts = /^(YEAR|QUARTER|MONTH|WEEK|DAY|DAYOF(YEAR|MONTH|WEEK)|WEEKDAY|HOUR|MINUTE|SECOND)$/;

/** A parameter that such a function takes, and one beside what it gives, is likely a day. */
export function hintDates(args: readonly Argument[], context: Context, name = ""): void {
  const isDated = dated.test(name) || args.some(({ node }) => node.kind === "call" && dated.test(node.name));
  for (const { type } of isDated ? args : []) if (type.kind === "open") context.parameters.hint(type.name, day);
}
