import { isDeepStrictEqual } from "node:util";
import { scaleOf } from "../../rules/rule.ts";
import type { Binary, ColumnName, Expression, Select } from "../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../context.ts";
import { coalesceCure } from "../cures/null-parts.ts";
import { type RelationColumn, sameName } from "../scope.ts";
import { described, rangeOf, safeRange, type Type, within } from "../type.ts";
import { columnsIn, nodesIn } from "../walk.ts";
import { conjuncts } from "./keys.ts";
import type { Selected } from "./typed-select.ts";

/** A value of a SELECT that reads the recursive table, and that table's name. */
interface Step {
  readonly node: Expression;
  readonly type: Type;
  readonly select: Select;
  readonly table: string;
}

const choices: ReadonlySet<string> = new Set(["NULLIF", "COALESCE", "IFNULL", "GREATEST", "LEAST"]);

/** Refuses a value that may not fit the column which MariaDB makes for that of the first SELECT. */
export function checkStep(column: RelationColumn, start: Selected, step: Step, context: Context): void {
  const { node } = step;
  const counts =
    node.kind === "binary" &&
    isOwn(node.left, column, step, context) &&
    countsWithin(column.type, start.type, node, step.select, context);
  const isCut = isPadded(start.node, context) && !keepsSpaces(node, context);
  // No type says how long bytes may be.
  const mustStay = isChosen(start.node) || isCut || column.type.kind === "blob";
  if (mustStay && !isOwn(node, column, step, context)) refuseStep(column, node, context, stayCure(column, isCut));
  else checkFit(column, counts, step, isOwn(leftOf(node), column, step, context), context);
}

function leftOf(node: Expression): Expression {
  return node.kind === "binary" ? node.left : node;
}

/** No recursion counts so far. */
const steps = 2n ** 24n;

/** True for the recursive table's own column at that place. */
function isOwn(node: Expression, { name }: RelationColumn, { select, table }: Step, context: Context): boolean {
  if (node.kind !== "column" || !sameName(node.name, name)) return false;
  const alias = context.bound.get(node)?.relation.alias;
  return nodesIn(select).some(
    (one) => isSource(one) && sameName(one.name, table) && alias !== undefined && sameName(one.alias, alias),
  );
}

function isSource(node: object): node is { readonly name: string; readonly alias: string } {
  return "kind" in node && node.kind === "table" && "name" in node && "alias" in node;
}

/** True for `i + 1`, `i - 1` and `i * 2` where the column has room for all steps, or WHERE says where they end. */
function countsWithin(column: Type, start: Type, node: Expression, { where }: Select, context: Context): boolean {
  if (node.kind !== "binary" || node.left.kind !== "column") return false;
  const { left } = node;
  const [limit, from, step] = [rangeOf(column), rangeOf(start), wholeOf(node.right)];
  if (limit === null || from === null || step === null || step < 0n) return false;
  const ends = (operators: readonly string[]): readonly bigint[] =>
    (where === null ? [] : conjuncts(where)).flatMap((one) =>
      one.kind === "binary" && operators.includes(one.operator) ? (endOf(one, left, context) ?? []) : [],
    );
  if (node.operator === "+")
    return (
      limit.max >= safeRange.max || [from.max + steps * step, ...ends(["<", "<="])].some((at) => at + step <= limit.max)
    );
  if (node.operator === "*")
    return step >= 1n && from.min >= 0n && ends(["<", "<="]).some((at) => at * step <= limit.max);
  const least = [from.min - steps * step, ...ends([">", ">="])];
  return node.operator === "-" && (limit.min <= safeRange.min || least.some((at) => at - step >= limit.min));
}

/** The number in `i < 1000`. */
function endOf({ left, right }: Binary, counted: ColumnName, { bound }: Context): bigint | null {
  if (left.kind !== "column") return null;
  const [one, other] = [bound.get(left), bound.get(counted)];
  return one?.relation === other?.relation && sameName(left.name, counted.name) ? wholeOf(right) : null;
}

function wholeOf(node: Expression): bigint | null {
  return node.kind === "number" && /^-?\d+$/.test(node.text) ? BigInt(node.text) : null;
}

/** An ENUM or SET takes only its own members. */
function isListedAlike(column: Type, type: Type): boolean {
  if (column.kind !== "text" || column.listed === undefined) return true;
  return type.kind === "text" && type.listed === column.listed && isDeepStrictEqual(type.values, column.values);
}

/** A step may count by a literal; any other computed value could outgrow the column that the first SELECT made. */
function checkFit(
  { name, type: column }: RelationColumn,
  counts: boolean,
  { node, type }: Step,
  isOfOwn: boolean,
  context: Context,
): void {
  const alike =
    type.kind === column.kind && (type.kind !== "decimal" || column.kind !== "decimal" || type.scale === column.scale);
  const fits =
    (alike || type.kind === "unknown" || type.kind === "open" || column.kind === "unknown") &&
    (column.kind !== "whole" || type.kind !== "whole" || counts || within(type.range, column.range)) &&
    (column.kind !== "decimal" || type.kind !== "decimal" || within(type.range, column.range)) &&
    (column.kind !== "text" ||
      type.kind !== "text" ||
      column.length === null ||
      (type.length !== null && type.length <= column.length)) &&
    isListedAlike(column, type) &&
    (column.nullable || !type.nullable);
  if (fits) return;
  const isNull = type.kind === column.kind && type.nullable && !column.nullable;
  const cure = stepCure({ name, type: column }, node, type, isOfOwn);
  refuseStep({ name }, node, context, isNull ? `${coalesceCure(node, context)}, as it may be NULL` : cure);
}

export function refuseStep(
  { name }: Pick<RelationColumn, "name">,
  node: Expression,
  context: Context,
  cure: string,
): void {
  refuse(
    context,
    "recursion",
    `${quoted(node)} may not fit "${name}", whose type MariaDB takes from the first SELECT: ${cure}`,
    node,
  );
}

/** What to write where MariaDB gives the column a width that no other value surely has. */
function stayCure({ name, type }: RelationColumn, isCut: boolean): string {
  if (type.kind === "blob") return `select "${name}" of the recursive table itself`;
  return `select ${isCut ? "a VARCHAR" : "a column or a literal"} as "${name}" there`;
}

/** What to write for a step that its column may not hold. */
function stepCure({ name, type: column }: RelationColumn, node: Expression, type: Type, isOfOwn: boolean): string {
  const wider = `make "${name}" of the first SELECT as wide`;
  if (type.kind !== column.kind) return `make it ${described(column)}, or select ${described(type)} there`;
  if (type.kind === "text" && column.kind === "text")
    return column.listed === undefined && column.length !== null
      ? `write SUBSTR(${quoted(node)}, 1, ${column.length}), or select a longer text in the first SELECT`
      : wider;
  if (scaleOf(type) > scaleOf(column)) return `write ROUND(${quoted(node)}, ${scaleOf(column)})`;
  if (type.kind !== "whole" || node.kind !== "binary" || !isOfOwn || wholeOf(node.right) === null) return wider;
  return `end it in WHERE, such as ${quoted(node.left)} ${node.operator === "-" ? "> 0" : "< 1000"}, or ${wider}`;
}

/** CASE, NULLIF and COALESCE: MariaDB gives them a width of its own. */
function isChosen(node: Expression | null): boolean {
  return node?.kind === "case" || (node?.kind === "call" && choices.has(node.name));
}

/** MariaDB cuts spaces off the end of a CHAR, and of what such a column gets in a later step. */
function isPadded(start: Expression | null, { bound }: Context): boolean {
  return columnsIn(start).some((name) => bound.get(name)?.column.full !== undefined);
}

function keepsSpaces(node: Expression, context: Context): boolean {
  if (node.kind === "null") return true;
  return node.kind === "column" ? isPadded(node, context) : node.kind === "text" && !node.value.endsWith(" ");
}
