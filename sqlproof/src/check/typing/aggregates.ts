/** Functions over the rows of a group. */
export const aggregateNames: ReadonlySet<string> = new Set([
  "COUNT",
  "SUM",
  "MIN",
  "MAX",
  "AVG",
  "GROUP_CONCAT",
  "TOTAL",
  // Those of one engine alone.
  ...["JSON_GROUP_ARRAY", "JSON_GROUP_OBJECT", "JSONB_GROUP_ARRAY", "JSONB_GROUP_OBJECT", "STRING_AGG"],
  ...["JSON_ARRAYAGG", "JSON_OBJECTAGG", "BIT_AND", "BIT_OR", "BIT_XOR"],
  ...["STD", "STDDEV", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "VAR_POP", "VAR_SAMP"],
]);
/** Functions whose result depends on the order of their rows. */
export const rankNames: ReadonlySet<string> = new Set([
  "ROW_NUMBER",
  "RANK",
  "DENSE_RANK",
  "LAG",
  "LEAD",
  "FIRST_VALUE",
  "LAST_VALUE",
]);

/** True when an aggregate of this SELECT stands in the expression, outside of subqueries and windows. */
export function hasAggregate(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && (node.kind === "subquery" || node.kind === "exists" || node.kind === "in-query")) return false;
  return isAggregate(node) || Object.values(node).some(hasAggregate);
}

/** MIN and MAX of several values are SQLite's names of LEAST and GREATEST. */
function isAggregate(node: object): boolean {
  if (!("kind" in node && node.kind === "call" && "name" in node && "over" in node && node.over === null)) return false;
  if (typeof node.name !== "string" || !aggregateNames.has(node.name)) return false;
  const isScalar = "arguments" in node && Array.isArray(node.arguments) && node.arguments.length > 1;
  return !(isScalar && (node.name === "MIN" || node.name === "MAX"));
}

/** True when an OVER of this SELECT stands in the part of the tree, outside of subqueries. */
export function hasWindow(node: unknown): boolean {
  if (typeof node !== "object" || node === null) return false;
  if ("kind" in node && (node.kind === "subquery" || node.kind === "exists" || node.kind === "in-query")) return false;
  if ("kind" in node && node.kind === "call" && "over" in node && node.over !== null) return true;
  return Object.values(node).some(hasWindow);
}
