import type { ColumnProof } from "../../runtime/proof.ts";
import type { Finding } from "../parse/finding.ts";
import { readStatement, type Statement } from "../parse/statement.ts";
import { isSymbol, isWord } from "../parse/tokenize.ts";
import { type MariadbProver, MariadbSqlError } from "../provers/mariadb.ts";

const setOperators = ["UNION", "EXCEPT", "INTERSECT"] as const;

/**
 * Divergences in statements of several SELECTs: each engine removes duplicate rows by its own collation, and MariaDB
 * unifies branches of different types while SQLite leaves them as they are.
 */
export async function unionFindings(
  statement: Statement,
  columns: readonly ColumnProof[],
  mariadb: MariadbProver,
): Promise<Finding[]> {
  const { tokens } = statement;
  const findings: Finding[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!setOperators.some((operator) => isWord(token, operator)) || isWord(tokens[index + 1], "ALL")) continue;
    const text = columns.find((column) => column.type === "text");
    if (text !== undefined)
      findings.push({
        offset: token.offset,
        message: `${token.text} compares the text "${text.name}" by each engine's own collation: use UNION ALL`,
      });
  }
  return [...findings, ...(await branchFindings(statement, columns, mariadb))];
}

async function branchFindings(
  statement: Statement,
  columns: readonly ColumnProof[],
  mariadb: MariadbProver,
): Promise<Finding[]> {
  for (const { sql, offset } of branchesOf(statement)) {
    const branch = await columnsOf(sql, mariadb);
    for (const [index, column] of (branch ?? []).entries()) {
      const whole = columns[index];
      if (whole === undefined || (whole.type === column.type && whole.scale === column.scale)) continue;
      if (isWhole(whole) && isWhole(column)) continue;
      const described = ({ type, scale }: ColumnProof): string => (type === "decimal" ? `decimal(${scale})` : type);
      const message = `"${whole.name}" is ${described(column)} in this SELECT and ${described(whole)} in the whole statement: give all branches the same type`;
      return [{ offset, message }];
    }
  }
  return [];
}

function isWhole({ type }: ColumnProof): boolean {
  return type === "integer" || type === "bigint";
}

/** The columns of a single branch; null when it is not a statement on its own, for example if it uses a WITH table. */
async function columnsOf(sql: string, mariadb: MariadbProver): Promise<ColumnProof[] | null> {
  try {
    return await mariadb.columns(readStatement(sql));
  } catch (error) {
    if (error instanceof MariadbSqlError) return null;
    throw error;
  }
}

/** The SELECTs that top-level UNIONs join; none when there is only one. */
function branchesOf({ sql, tokens, kind }: Statement): { sql: string; offset: number }[] {
  if (kind !== "select") return [];
  const starts = [0];
  let end = sql.length;
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (depth > 0) continue;
    const next =
      tokens[isWord(tokens[index + 1], "ALL") || isWord(tokens[index + 1], "DISTINCT") ? index + 2 : index + 1];
    if (setOperators.some((operator) => isWord(token, operator)) && next !== undefined)
      starts.push(next.offset, token.offset);
    if ((isWord(token, "ORDER") || isWord(token, "LIMIT")) && starts.length > 1) end = Math.min(end, token.offset);
  }
  if (starts.length === 1) return [];
  return cut(sql, starts, end);
}

/** `marks` holds the first start, then for each further branch its start and the end of the previous one. */
function cut(sql: string, marks: readonly number[], end: number): { sql: string; offset: number }[] {
  const branches: { sql: string; offset: number }[] = [];
  for (let index = 0; index < marks.length; index += index === 0 ? 1 : 2) {
    const from = marks[index] ?? 0;
    const to = marks[index === 0 ? 2 : index + 3] ?? end;
    branches.push({ sql: sql.slice(from, to), offset: from });
  }
  return branches;
}
