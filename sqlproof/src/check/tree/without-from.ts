import type { Token } from "../parse/tokenize.ts";
import { GrammarError } from "./cursor.ts";
import type { ColumnName, Query, Select, Source, SqlStatement } from "./nodes.ts";

/**
 * Refuses a SELECT without FROM that names columns, outside of subqueries: of those, a query around may have them. The
 * engines only say that there is no such column.
 */
export function refuseWithoutFrom(statement: SqlStatement, tokens: readonly Token[]): void {
  if (statement.kind === "select") refuseInQuery(statement.query, tokens);
  else if (statement.kind === "insert" && statement.source.kind === "query")
    refuseInQuery(statement.source.query, tokens);
}

function refuseInQuery({ tables, first, others }: Query, tokens: readonly Token[]): void {
  for (const { query } of tables) refuseInQuery(query, tokens);
  for (const select of [first, ...others.map((other) => other.select)]) {
    if (select.source !== null) refuseInSource(select.source, tokens);
    else if (namesColumn(select, tokens))
      throw new GrammarError("this SELECT has no FROM: write FROM and the table of its columns", select.from);
  }
}

function refuseInSource(source: Source, tokens: readonly Token[]): void {
  if (source.kind === "join") {
    refuseInSource(source.left, tokens);
    refuseInSource(source.right, tokens);
  } else if (source.kind === "derived") refuseInQuery(source.query, tokens);
}

/** Words that stand for a time, and none of the quoted names, each of which may be meant as a text. */
function namesColumn({ items, where }: Select, tokens: readonly Token[]): boolean {
  return (
    items.some(({ kind }) => kind === "star") ||
    columnsOf([items, where]).some(({ from, name }) => {
      const token = tokens.find(({ offset }) => offset === from);
      return token?.kind === "word" && !/^(?:CURRENT|LOCAL|UTC)_?(?:TIME|DATE)/i.test(name);
    })
  );
}

/** The columns of a part of the tree, without those of its subqueries. */
function columnsOf(node: unknown): readonly ColumnName[] {
  if (typeof node !== "object" || node === null || "first" in node) return [];
  if (Array.isArray(node)) return node.flatMap(columnsOf);
  // The first operand of TIMESTAMPDIFF is a word such as DAY.
  if ("name" in node && /^TIMESTAMP(?:DIFF|ADD)$/.test(String(node.name))) return [];
  return isColumn(node) ? [node] : Object.values(node).flatMap(columnsOf);
}

function isColumn(node: object): node is ColumnName {
  return "kind" in node && node.kind === "column" && "table" in node;
}
