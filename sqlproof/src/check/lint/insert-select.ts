import type { ColumnProof } from "../../runtime/proof.ts";
import type { Finding } from "../parse/finding.ts";
import { insertColumns, insertRows } from "../parse/parameter-places.ts";
import { conflictClause, readStatement, type Statement } from "../parse/statement.ts";
import { isWord, type Token } from "../parse/tokenize.ts";
import { type MariadbProver, MariadbSqlError } from "../provers/mariadb.ts";
import type { Catalog, Column } from "../types/catalog.ts";

/**
 * INSERT .. SELECT must give each column its own type: MariaDB converts, SQLite stores whatever arrives. A decimal of
 * a different scale would be stored as a different amount.
 */
export async function lintInsertSelect(
  statement: Statement,
  catalog: Catalog,
  mariadb: MariadbProver,
): Promise<Finding[]> {
  const { tokens } = statement;
  const target = statement.kind === "insert" ? insertColumns(tokens) : null;
  const table = catalog.get(statement.target ?? "");
  const select = target === null ? undefined : tokens[target.end + 1];
  if (target === null || table === undefined || select === undefined || !isWord(select, "SELECT")) return [];
  const items = insertRows(tokens)[0] ?? [];
  const columns = await selectedColumns(statement, select, items, mariadb);
  const findings: Finding[] = [];
  for (const [index, item] of items.entries()) {
    const into = table.columns.get(target.names[index] ?? "");
    const from = columns[index];
    if (into === undefined || from === undefined || isPlain(item) || fits(from, into)) continue;
    const given = from.type === "decimal" ? `decimal with ${from.scale} places` : from.type;
    const message = `${table.name}.${into.name} is ${into.declared} and is given ${given}: MariaDB converts, SQLite does not; select the same type`;
    findings.push({ message, offset: item[0]?.offset ?? select.offset });
  }
  return findings;
}

/** Parameters take the column's type, and literals have their own lints. */
function isPlain(item: readonly Token[]): boolean {
  const [first] = item;
  if (item.length !== 1 || first === undefined) return false;
  return ["parameter", "number", "string"].includes(first.kind) || isWord(first, "NULL");
}

/** The SELECT on its own; a bare parameter has no type there, so a number replaces it. */
async function selectedColumns(
  statement: Statement,
  select: Token,
  items: readonly (readonly Token[])[],
  mariadb: MariadbProver,
): Promise<readonly ColumnProof[]> {
  const returning = statement.tokens[statement.returning]?.offset;
  const end = conflictClause(statement.tokens)?.offset ?? returning ?? statement.sql.length;
  let text = "";
  let offset = select.offset;
  for (const item of items.filter(isPlain)) {
    const [token] = item;
    if (token === undefined) continue;
    text += `${statement.sql.slice(offset, token.offset)}0`;
    offset = token.offset + token.text.length;
  }
  try {
    return await mariadb.columns(readStatement(text + statement.sql.slice(offset, end)));
  } catch (error) {
    // Without a description there is no type to compare.
    if (error instanceof MariadbSqlError) return [];
    throw error;
  }
}

function fits(from: ColumnProof, into: Column): boolean {
  const isWhole = (type: string | null): boolean => type === "integer" || type === "bigint" || type === "boolean";
  if (isWhole(into.type)) return isWhole(from.type) || (from.type === "decimal" && from.scale === 0);
  return from.type === into.type && (from.type !== "decimal" || from.scale === into.scale);
}
