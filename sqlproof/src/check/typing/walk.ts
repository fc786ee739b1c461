import type { Call, ColumnName, Expression, Parameter, Query } from "../tree/nodes.ts";
import type { Bound, Scope } from "./scope.ts";

/** Every column name in a part of the tree, in subqueries too. */
export function columnsIn(node: unknown): readonly ColumnName[] {
  return nodesIn(node).filter(isColumn);
}

/** True when a parameter stands somewhere in a part of the tree. */
export function hasParameter(node: unknown): boolean {
  return nodesIn(node).some(isParameter);
}

export function isParameter(node: object): node is Parameter {
  return "kind" in node && node.kind === "parameter" && "token" in node;
}

/** True where one execution may know its value before it reads a row: of a parameter, a column around, a subquery. */
export function isGiven(node: unknown, bound: ReadonlyMap<ColumnName, Bound>, scopes: ReadonlySet<Scope>): boolean {
  if (hasParameter(node) || queriesIn(node).length > 0) return true;
  return columnsIn(node).some((name) => {
    const meant = bound.get(name);
    return meant !== undefined && !scopes.has(meant.scope);
  });
}

/** Every subquery in a part of the tree. */
export function queriesIn(node: unknown): readonly Query[] {
  return nodesIn(node).filter(isQuery);
}

function isQuery(node: object): node is Query {
  return "first" in node && "others" in node && "tables" in node;
}

/** The tables that a part of the tree names after FROM and JOIN. */
export function tablesIn(node: unknown): string[] {
  return nodesIn(node).flatMap((found) =>
    "kind" in found && found.kind === "table" && "name" in found ? [String(found.name)] : [],
  );
}

/** True when a LEFT or RIGHT JOIN stands somewhere in a part of the tree. */
export function joinsOuter(node: unknown): boolean {
  for (const found of nodesIn(node))
    if ("kind" in found && found.kind === "join" && "how" in found && found.how !== "inner") return true;
  return false;
}

/** Every node in a part of the tree, itself first. */
export function nodesIn(node: unknown): readonly object[] {
  const found: object[] = [];
  collect(node, found);
  return found;
}

/** Pushed onto one array, because generators within each other took a sixth of a check. */
function collect(node: unknown, found: object[]): void {
  if (typeof node !== "object" || node === null) return;
  found.push(node);
  if (Array.isArray(node)) for (const child of node) collect(child, found);
  else for (const child of Object.values(node)) collect(child, found);
}

export function isCall(node: object): node is Call {
  return "kind" in node && node.kind === "call" && "arguments" in node;
}

export function isColumn(node: object): node is ColumnName {
  return "kind" in node && node.kind === "column" && "name" in node && "table" in node && "from" in node;
}

/** The column as one word within its query, the same however it is written. */
export function attributeOf({ relation, column }: Bound): string {
  return attributeIn(relation, column.name);
}

/** A column of a table as that word. A quoted name may hold a dot, so the word begins with the alias's length. */
export function attributeIn({ alias }: { readonly alias: string }, name: string): string {
  const table = alias.toLowerCase();
  return `${table.length}.${table}.${name.toLowerCase()}`;
}

/** The columns of one query that a part of the tree uses. */
export function attributesIn(
  node: unknown,
  bound: ReadonlyMap<ColumnName, Bound>,
  scopes: ReadonlySet<Scope>,
): string[] {
  return columnsIn(node).flatMap((column) => {
    const meant = bound.get(column);
    return meant !== undefined && scopes.has(meant.scope) ? [attributeOf(meant)] : [];
  });
}

/** An expression without its places, so that two equal ones have one text. A parameter equals only itself. */
export function shapeOf(expression: Expression, bound: ReadonlyMap<ColumnName, Bound>): string {
  return shape(expression, bound, () => false);
}

/** The same, where all parameters of one name are equal. */
export function shapeByName(expression: Expression, bound: ReadonlyMap<ColumnName, Bound>): string {
  return shape(expression, bound, (key) => key === "offset");
}

function shape(
  expression: Expression,
  bound: ReadonlyMap<ColumnName, Bound>,
  isLeftOut: (key: string) => boolean,
): string {
  return JSON.stringify(expression, (key, value: unknown) => {
    if (key === "from" || key === "to" || key === "sign" || isLeftOut(key)) return undefined;
    if (typeof value !== "object" || value === null || !isColumn(value)) return value;
    const meant = bound.get(value);
    return meant === undefined ? value.name.toLowerCase() : attributeOf(meant);
  });
}

/** True when a part of the tree names a column of the query itself that may differ from row to row. */
export function variesWithin(node: unknown, scope: Scope, bound: ReadonlyMap<ColumnName, Bound>): boolean {
  return columnsIn(node).some((name) => {
    const meant = bound.get(name);
    if (meant === undefined || meant.scope.relations !== scope.relations) return false;
    // What is constant where an outer join found a row is so in all rows where WHERE needs that row.
    return !meant.relation.constants.found.includes(meant.column.name);
  });
}

/** True when a part of the tree names a column that neither the scope nor those around it have. */
export function namesInner(node: unknown, around: Scope, bound: ReadonlyMap<ColumnName, Bound>): boolean {
  const isAround = (relations: Scope["relations"]): boolean => {
    for (let here: Scope | null = around; here !== null; here = here.parent)
      if (here.relations === relations) return true;
    return false;
  };
  return columnsIn(node).some((column) => {
    const meant = bound.get(column);
    return meant !== undefined && !isAround(meant.scope.relations);
  });
}
