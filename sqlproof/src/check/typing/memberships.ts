import type { InQuery, Select, SqlStatement } from "../tree/nodes.ts";
import { hasAggregate, hasWindow } from "./aggregates.ts";
import { type Context, quoted, refuse } from "./context.ts";
import { nodesIn } from "./walk.ts";

/**
 * Refuses `IN (a SELECT with aggregates or windows)` where another SELECT of the statement makes one row of all rows.
 * MariaDB turns such a membership into a join; it answers a prepared statement once, and from the second time on
 * says "Mixing of GROUP columns". Also when the two come together through tables of FROM and WITH.
 */
export function checkMemberships(statement: SqlStatement, context: Context): void {
  if (context.mode === "sqlite") return;
  const memberships = aggregatedMemberships(statement);
  if (memberships.length === 0) return;
  const own = new Set(memberships.flatMap(({ query }) => [query.first, ...query.others.map(({ select }) => select)]));
  const isJoined = [...nodesIn(statement)].some((node) => isSelect(node) && !own.has(node) && makesOneRow(node));
  if (isJoined) for (const node of memberships) refuse(context, "rerun", messageAbout(node), node);
}

/** The memberships in SELECTs with aggregates or windows. A view may have none: any statement may count its rows. */
export function aggregatedMemberships(statement: SqlStatement): readonly InQuery[] {
  return [...nodesIn(statement)].filter(isMembership).filter(({ query }) => {
    const { items, having } = query.first;
    return query.others.length === 0 && [...items, having].some((part) => hasAggregate(part) || hasWindow(part));
  });
}

export function messageAbout(node: InQuery): string {
  return `MariaDB answers ${quoted(node.operand)} IN (a SELECT with aggregates) beside another aggregate only once: write IN (SELECT v FROM (SELECT .. AS v ..) AS q)`;
}

function makesOneRow({ items, group, having }: Select): boolean {
  return group.length === 0 && [...items, having].some(hasAggregate);
}

function isSelect(node: object): node is Select {
  return "items" in node && "group" in node && "having" in node;
}

function isMembership(node: object): node is InQuery {
  return "kind" in node && node.kind === "in-query";
}
