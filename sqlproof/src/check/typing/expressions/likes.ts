import { enclosed } from "../../parse/statement.ts";
import type { Expression, Like } from "../../tree/nodes.ts";
import { type Context, edit, editAround, enclose, quoted, refuse } from "../context.ts";
import { refuseQuotedPattern } from "../cures/quoted-parameters.ts";
import { comparable } from "../operators.ts";
import type { Scope } from "../scope.ts";
import { type Type, truth, withNull } from "../type.ts";

export function likeType(node: Like, scope: Scope, context: Context): Type {
  const text: Type = { kind: "text", collation: "free", length: null, literal: null, nullable: false };
  const types = [node.operand, node.pattern, ...(node.escapedBy === null ? [] : [node.escapedBy])].map((side) => {
    const type = context.typers.expression(side, scope, context);
    if (type.kind !== "open") return { side, type };
    context.parameters.used(type.name, text);
    return { side, type: withNull(text, type.nullable) };
  });
  for (const { side, type } of types) {
    if (type.kind === "text") comparable(type, side, "LIKE on", context);
    else if (type.kind !== "unknown")
      refuse(
        context,
        "no-rule",
        `LIKE on ${quoted(side)}, which is not text: compare it by its own type, or write ${side.kind === "number" ? `'${side.text}'` : `CAST(${quoted(side)} AS CHAR) of a whole number or date`}`,
        side,
      );
  }
  if (node.pattern.kind === "text") refuseQuotedPattern(node.pattern, context);
  escapeOf(node, context);
  encloseColumn(node, context);
  return truth(types.some(({ type }) => type.nullable));
}

/**
 * An escape character that ends the pattern stands for itself on MariaDB, and matches nothing on SQLite, which gets it
 * twice. A parameter stays as it is, because SQLite looks for it in an index: such a value is refused when it is bound.
 */
function endEscape(pattern: Expression, character: string, context: Context): void {
  const last = pattern.kind === "binary" ? pattern.right : pattern;
  if (last.kind === "text" && !last.value.endsWith(character)) return;
  const [text, mark] = [enclosed(pattern), `'${character.replaceAll("'", "''")}'`];
  const isOdd = `(LENGTH(${text}) - LENGTH(RTRIM(${text}, ${mark}))) % 2 = 1`;
  editAround(context, "sqlite", pattern, `(${text} || CASE WHEN ${isOdd} THEN ${mark} ELSE '' END)`);
}

/** Without ESCAPE, a backslash escapes on MariaDB in every SQL mode: SQLite gets it as its ESCAPE. */
function escapeOf({ pattern, escapedBy }: Like, context: Context): void {
  // With one engine, its own rules for escapes count.
  if (context.mode !== "both" && !context.paired) return;
  const character = escapedBy?.kind === "text" ? escapedBy.value : "\\";
  if (pattern.kind === "parameter") context.parameters.pattern(pattern.token.name, character);
  else if (pattern.kind !== "text") endEscape(pattern, character, context);
  if (escapedBy === null) {
    const plain = pattern.kind === "text" && !pattern.value.includes("\\");
    if (!plain && !context.without.has("escape"))
      edit(context, "sqlite", { from: pattern.to, to: pattern.to }, " ESCAPE '\\'");
    if (pattern.kind === "text" && pattern.value.replaceAll("\\\\", "").endsWith("\\"))
      refuse(
        context,
        "escape",
        "the pattern ends with its own escape character, which each engine reads differently",
        pattern,
      );
    return;
  }
  const single =
    escapedBy.kind === "text" && [...escapedBy.value].length === 1 && !["%", "_", "\\"].includes(escapedBy.value);
  if (!single) refuse(context, "escape", "ESCAPE takes one literal character such as '!'", escapedBy);
  else if (pattern.kind === "text" && pattern.value.replaceAll(escapedBy.value.repeat(2), "").endsWith(escapedBy.value))
    refuse(
      context,
      "escape",
      "the pattern ends with its own escape character, which each engine reads differently",
      pattern,
    );
}

/**
 * Where an index has the column, or one that equals it, MariaDB looks for `LIKE 'smile %'` up to U+FFFF and misses what
 * goes on with an emoji. Inside a function, it reads the rows, as SQLite does.
 */
function encloseColumn({ operand, pattern }: Like, context: Context): void {
  if (context.mode !== "both" || operand.kind !== "column" || beginsOpen(pattern)) return;
  enclose(context, operand);
}

/** True for a pattern that begins with a wildcard, which no index finds. */
function beginsOpen(pattern: Expression): boolean {
  if (pattern.kind === "binary" && pattern.operator === "||") return beginsOpen(pattern.left);
  return pattern.kind === "text" && /^[%_]/.test(pattern.value);
}
