import { isWord } from "../parse/tokenize.ts";
import { readOrder } from "./calls.ts";
import { Cursor, type Dialect, GrammarError } from "./cursor.ts";
import { readExpression } from "./expressions.ts";
import { cureAt } from "./forms.ts";
import type { Assignment, Conflict, Cut, Delete, Expression, Insert, Item, SqlStatement, Update } from "./nodes.ts";
import { readItem, readNames, readQuery } from "./queries.ts";
import { readSum } from "./sums.ts";
import { refuseWithoutFrom } from "./without-from.ts";

/*
 * statement = query | insert | update | delete
 * insert    = INSERT INTO name ( columns ) ( VALUES row { , row } | query ) [ conflict ] [ RETURNING item { , item } ]
 * conflict  = ON CONFLICT ( columns ) ( DO NOTHING | DO UPDATE SET assignment { , assignment } [ WHERE or ] )
 * update    = UPDATE name SET assignment { , assignment } [ WHERE or ]
 * delete    = DELETE FROM name [ WHERE or ] [ RETURNING item { , item } ]
 */

/** Reads one whole statement. Throws `GrammarError` at the first token that the grammar does not have. */
export function readSqlStatement(sql: string, dialect: Dialect, loose = false): SqlStatement {
  const cursor = new Cursor(sql, dialect, { expression: readExpression, query: readQuery, sum: readSum }, loose);
  const statement = readKind(cursor);
  if (cursor.peek() !== undefined) throw unreadable(cursor);
  if (dialect === "both") refuseWithoutFrom(statement, cursor.tokens);
  return statement;
}

function readKind(cursor: Cursor): SqlStatement {
  if (cursor.sees("INSERT") || (cursor.sees("REPLACE") && cursor.dialect !== "both")) return readInsert(cursor);
  if (cursor.sees("REPLACE") && cursor.dialect === "both")
    cursor.fail(
      "REPLACE deletes the old row first: MariaDB then refuses where other rows refer to it, SQLite does not; " +
        "write INSERT .. ON CONFLICT (key) DO UPDATE SET ..",
    );
  if (cursor.sees("UPDATE")) return readUpdate(cursor);
  if (cursor.sees("DELETE")) return readDelete(cursor);
  return { kind: "select", query: cursor.query() };
}

function unreadable(cursor: Cursor): GrammarError {
  const found = cursor.peek()?.text ?? "";
  const by = ["ORDER", "GROUP"].find((word) => cursor.sees(word) && !cursor.sees(word, "BY"));
  const cure = found === ")" ? "this ) closes no (" : by === undefined ? cureAt(cursor) : `write ${by} BY`;
  return new GrammarError(cure === null ? unknownWord(found, cursor) : cursor.own(cure), cursor.offset, cure !== null);
}

function unknownWord(found: string, { dialect }: Cursor): string {
  return dialect === "both"
    ? `${found} is not in the grammar that both engines read alike`
    : `${found} is not in the grammar that sqlproof reads`;
}

function readInsert(cursor: Cursor): Insert {
  if (!cursor.takes("REPLACE")) cursor.expect("INSERT");
  if (cursor.dialect === "mariadb") cursor.takes("IGNORE");
  if (cursor.dialect === "sqlite" && cursor.takes("OR")) cursor.take();
  if (cursor.sees("IGNORE"))
    cursor.fail("INSERT IGNORE also swallows other faults: write ON CONFLICT (key) DO NOTHING");
  if (cursor.sees("OR"))
    cursor.fail("INSERT OR .. is SQLite's: write ON CONFLICT (key) DO UPDATE SET .. or DO NOTHING");
  if (!cursor.sees("INTO") && cursor.seesName() && cursor.dialect !== "mariadb")
    cursor.fail("INSERT without INTO is MariaDB's: write INSERT INTO");
  cursor.expect("INTO");
  const table = cursor.takeName("a table");
  if (!cursor.seesSymbol("(")) cursor.fail(`name the columns: INSERT INTO ${table} (..)`);
  const columns = readNames(cursor);
  const source = readInserted(cursor);
  const conflict = readConflict(cursor);
  return { kind: "insert", table, columns, source, conflict, returning: readReturning(cursor) };
}

function readInserted(cursor: Cursor): Insert["source"] {
  if (cursor.sees("SELECT") || cursor.sees("WITH")) return { kind: "query", query: cursor.query() };
  if (cursor.sees("VALUE")) cursor.fail("SQLite has no VALUE: write VALUES");
  cursor.expect("VALUES");
  const rows = cursor.list((): readonly Expression[] => {
    cursor.expectSymbol("(");
    const items = cursor.list(() => {
      if (cursor.sees("DEFAULT")) cursor.fail("SQLite has no DEFAULT as a value: leave the column out");
      return cursor.expression();
    });
    cursor.expectSymbol(")");
    return items;
  });
  return { kind: "rows", rows };
}

function readConflict(cursor: Cursor): Conflict | null {
  const from = cursor.offset;
  if (cursor.dialect === "mariadb" && cursor.takes("ON", "DUPLICATE", "KEY", "UPDATE"))
    return { columns: [], assignments: readAssignments(cursor), where: null, ...cursor.since(from) };
  if (!cursor.takes("ON", "CONFLICT")) {
    if (cursor.sees("ON", "DUPLICATE")) throw unreadable(cursor);
    return null;
  }
  if (!cursor.seesSymbol("(")) cursor.fail("name the key: ON CONFLICT (column) DO ..");
  const columns = readNames(cursor);
  cursor.expect("DO");
  if (cursor.takes("NOTHING")) return { columns, assignments: [], where: null, ...cursor.since(from) };
  cursor.expect("UPDATE", "SET");
  const assignments = readAssignments(cursor);
  const where = cursor.takes("WHERE") ? cursor.expression() : null;
  return { columns, assignments, where, ...cursor.since(from) };
}

function readAssignments(cursor: Cursor): Assignment[] {
  return cursor.list(() => {
    const from = cursor.offset;
    if (cursor.seesSymbol("(")) cursor.fail("MariaDB has no row assignment: write one column = value after the other");
    let column = cursor.takeName("a column");
    if (cursor.seesSymbol(".")) {
      if (cursor.dialect === "sqlite" || cursor.dialect === "both")
        cursor.fail("write the assigned column without its table");
      cursor.take();
      column = cursor.takeName("a column");
    }
    cursor.expectSymbol("=");
    if (isWord(cursor.peek(), "DEFAULT")) cursor.fail("SQLite has no DEFAULT as a value: write the value");
    const value = cursor.expression();
    return { column, value, ...cursor.since(from) };
  });
}

function readUpdate(cursor: Cursor): Update {
  cursor.expect("UPDATE");
  if (cursor.sees("IGNORE") || cursor.sees("OR")) cursor.fail("write UPDATE name SET .. only");
  const table = cursor.takeName("a table");
  const withAs = cursor.takes("AS");
  const alias = withAs || (cursor.seesName() && !cursor.sees("SET")) ? cursor.takeName("an alias") : table;
  if (["JOIN", "LEFT", "INNER"].some((word) => cursor.sees(word)) || cursor.seesSymbol(","))
    cursor.fail("UPDATE .. JOIN is MariaDB's: write SET column = (SELECT ..) WHERE EXISTS (SELECT ..)");
  if (alias !== table && cursor.dialect === "both" && !withAs)
    cursor.fail(`UPDATE with an alias and without AS is MariaDB's: write ${table} AS ${alias}`);
  if (cursor.sees("WHERE")) cursor.fail("write SET before WHERE");
  cursor.expect("SET");
  const assignments = readAssignments(cursor);
  if (cursor.sees("FROM"))
    cursor.fail("UPDATE .. FROM is SQLite's: write SET column = (SELECT ..) WHERE EXISTS (SELECT ..)");
  const where = cursor.takes("WHERE") ? cursor.expression() : null;
  const cut = readCut(cursor);
  if (cursor.sees("RETURNING") && cursor.dialect !== "sqlite")
    cursor.fail("MariaDB has no UPDATE .. RETURNING: use UPDATE and SELECT in one transaction");
  return { kind: "update", table, alias, assignments, where, cut, returning: readReturning(cursor) };
}

function readDelete(cursor: Cursor): Delete {
  cursor.expect("DELETE");
  if (!cursor.sees("FROM")) cursor.fail("write DELETE FROM name WHERE ..");
  cursor.expect("FROM");
  const table = cursor.takeName("a table");
  if (cursor.sees("USING") || cursor.seesSymbol(","))
    cursor.fail("DELETE from several tables is MariaDB's: delete from one");
  if (cursor.seesName()) cursor.fail("DELETE takes no alias on MariaDB: write the name of the table");
  const where = cursor.takes("WHERE") ? cursor.expression() : null;
  const cut = readCut(cursor);
  const returning = readReturning(cursor);
  if (returning.length > 0 && cursor.sees("WHERE")) cursor.fail("write WHERE before RETURNING");
  return { kind: "delete", table, where, cut, returning };
}

function readCut(cursor: Cursor): Cut {
  const isRead = cursor.dialect === "mariadb";
  if (!isRead && cursor.sees("ORDER", "BY"))
    cursor.fail("ORDER BY is not possible here: select the keys first, and name them in WHERE id IN (:ids...)");
  if (!isRead && cursor.sees("LIMIT"))
    cursor.fail(
      "UPDATE and DELETE with LIMIT are MariaDB's: select the keys first, and name them in WHERE id IN (:ids...)",
    );
  const order = isRead && cursor.takes("ORDER", "BY") ? readOrder(cursor) : [];
  return { order, limit: isRead && cursor.takes("LIMIT") ? cursor.expression() : null };
}

function readReturning(cursor: Cursor): readonly Item[] {
  return cursor.takes("RETURNING") ? cursor.list(() => readItem(cursor)) : [];
}
