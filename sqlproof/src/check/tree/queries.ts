import { isWord } from "../parse/tokenize.ts";
import { readOrder } from "./calls.ts";
import { type Cursor, GrammarError } from "./cursor.ts";
import { type Clause, misplaced } from "./gaps.ts";
import type { CommonTable, Expression, Item, Place, Query, Select, SetOperator, Source } from "./nodes.ts";

/*
 * query  = [ WITH [RECURSIVE] table { , table } ] select { set select } [ ORDER BY .. ] [ LIMIT n [ OFFSET m ] ] [ lock ]
 * set    = UNION [ALL] | EXCEPT | INTERSECT
 * select = SELECT [DISTINCT] item { , item } [ FROM source ] [ WHERE or ] [ GROUP BY or { , or } ] [ HAVING or ]
 * item   = * | table.* | or [ [AS] alias ]
 * source = joined { , joined }
 * joined = table { join }
 * table  = name [ [AS] alias ] | ( query ) [AS] alias | ( source )
 * join   = [INNER] JOIN table [ON or | USING (..)] | LEFT [OUTER] JOIN .. | RIGHT [OUTER] JOIN .. | CROSS JOIN table
 * lock   = FOR UPDATE [SKIP LOCKED] | LOCK IN SHARE MODE [SKIP LOCKED]
 */

/** Reads a query up to the bracket or the end that closes it. */
export function readQuery(cursor: Cursor): Query {
  const from = cursor.offset;
  const withTables = cursor.takes("WITH");
  const recursive = withTables && cursor.takes("RECURSIVE");
  const tables = withTables ? cursor.list(() => readCommonTable(cursor)) : [];
  if (withTables) refuseWrites(cursor);
  const first = readSelect(cursor);
  const others = readOthers(cursor);
  const order = cursor.takes("ORDER", "BY") ? readOrder(cursor) : [];
  const { limit, offset } = readLimit(cursor);
  const isLocked = readLock(cursor);
  const there = [...clausesOf(others.at(-1)?.select ?? first), ...(order.length > 0 ? (["ORDER BY"] as const) : [])];
  const last = [...(limit === null ? [] : (["LIMIT"] as const)), ...(isLocked ? (["FOR UPDATE"] as const) : [])];
  const fault = misplaced(cursor, [...there, ...last]);
  if (fault !== null) cursor.fail(fault);
  return { recursive, tables, first, others, order, limit, offset, ...cursor.since(from) };
}

/** The clauses that a SELECT has. */
function clausesOf({ source, where, group, having }: Select): readonly Clause[] {
  const written: readonly (readonly [clause: Clause, isThere: boolean])[] = [
    ["FROM", source !== null],
    ["WHERE", where !== null],
    ["GROUP BY", group.length > 0],
    ["HAVING", having !== null],
  ];
  return written.flatMap(([clause, isThere]) => (isThere ? [clause] : []));
}

function refuseWrites(cursor: Cursor): void {
  for (const word of ["INSERT", "UPDATE", "DELETE"])
    if (cursor.sees(word))
      cursor.fail(`MariaDB has no WITH before ${word}: write its query where it is read, WHERE id IN (SELECT ..)`);
}

function readCommonTable(cursor: Cursor): CommonTable {
  const from = cursor.offset;
  const name = cursor.takeName("the name of a table");
  const columns = cursor.seesSymbol("(") ? readNames(cursor) : null;
  cursor.expect("AS");
  const query = cursor.bracketedQuery();
  return { name, columns, query, ...cursor.since(from) };
}

/** `(a, b)`. */
export function readNames(cursor: Cursor): string[] {
  cursor.expectSymbol("(");
  const names = cursor.list(() => cursor.takeName("a column"));
  cursor.expectSymbol(")");
  return names;
}

function readOthers(cursor: Cursor): Query["others"] {
  const others: Query["others"][number][] = [];
  for (;;) {
    const from = cursor.offset;
    const operator = takeSetOperator(cursor);
    if (operator === null) return others;
    const sign = cursor.since(from);
    if (!cursor.loose && others.some((other) => (other.operator === "INTERSECT") !== (operator === "INTERSECT")))
      throw new GrammarError(
        "INTERSECT binds before UNION and EXCEPT on MariaDB and in order of writing on SQLite: select from one of them in brackets",
        from,
      );
    if (cursor.seesSymbol("(")) cursor.fail("SQLite has no brackets around the SELECTs of a UNION");
    others.push({ operator, select: readSelect(cursor), sign });
  }
}

function takeSetOperator(cursor: Cursor): SetOperator | null {
  if (cursor.takes("UNION")) return cursor.takes("ALL") ? "UNION ALL" : "UNION";
  for (const operator of ["EXCEPT", "INTERSECT"] as const)
    if (cursor.takes(operator)) {
      if (cursor.sees("ALL")) cursor.fail(`SQLite has no ${operator} ALL`);
      return operator;
    }
  return null;
}

function readSelect(cursor: Cursor): Select {
  const from = cursor.offset;
  cursor.expect("SELECT");
  const distinct = cursor.takes("DISTINCT");
  const items = cursor.list(() => readItem(cursor));
  const source = cursor.takes("FROM") ? readSource(cursor) : null;
  const where = cursor.takes("WHERE") ? cursor.expression() : null;
  const group = cursor.takes("GROUP", "BY") ? cursor.list(() => cursor.expression()) : [];
  const rollup = cursor.dialect === "mariadb" && cursor.takes("WITH", "ROLLUP");
  if (cursor.sees("WITH", "ROLLUP")) cursor.fail("SQLite has no WITH ROLLUP: select the total on its own");
  const having = cursor.takes("HAVING") ? cursor.expression() : null;
  if (cursor.sees("WINDOW")) cursor.fail("write the window in brackets after OVER");
  return { distinct, items, source, where, group, rollup, having, ...cursor.since(from) };
}

/** One item of a SELECT or RETURNING. */
export function readItem(cursor: Cursor): Item {
  const from = cursor.offset;
  if (cursor.takesSymbol("*")) return { kind: "star", table: null, ...cursor.since(from) };
  if (cursor.seesName() && cursor.seesSymbol(".", 1) && cursor.seesSymbol("*", 2)) {
    const table = cursor.takeName("a table");
    cursor.take();
    cursor.take();
    return { kind: "star", table, ...cursor.since(from) };
  }
  const value = cursor.expression();
  const alias = cursor.takes("AS") || cursor.seesName() ? cursor.takeName("an alias") : null;
  return { kind: "value", value, alias, ...cursor.since(from) };
}

/** SQLite joins in order of writing; MariaDB joins what stands between two commas first. */
function readSource(cursor: Cursor): Source {
  const from = cursor.offset;
  let left = readJoined(cursor, null, from);
  while (cursor.takesSymbol(",")) {
    const before = { source: left, beside: aliasesIn(left) };
    left =
      cursor.dialect === "mariadb"
        ? commaJoin(left, readJoined(cursor, null, cursor.offset), cursor.since(from))
        : readJoined(cursor, before, from);
  }
  return left;
}

function commaJoin(left: Source, right: Source, place: Place): Source {
  return { kind: "join", how: "inner", left, right, on: null, using: [], beside: [], ...place };
}

function aliasesIn(source: Source): readonly string[] {
  return source.kind === "join" ? [...aliasesIn(source.left), ...aliasesIn(source.right)] : [source.alias];
}

/** Tables up to a comma, joined to what stands before it. */
function readJoined(
  cursor: Cursor,
  before: { readonly source: Source; readonly beside: readonly string[] } | null,
  from: number,
): Source {
  const first = readTable(cursor);
  let left = before === null ? first : commaJoin(before.source, first, cursor.since(from));
  const beside = before !== null && cursor.dialect === "both" ? before.beside : [];
  for (;;) {
    const how = takeJoin(cursor);
    if (how === null) return left;
    const right = readTable(cursor);
    const using = how !== "cross" && cursor.takes("USING") ? readNames(cursor) : [];
    const on = how !== "cross" && using.length === 0 && cursor.takes("ON") ? cursor.expression() : null;
    const inner = how === "cross" ? "inner" : how;
    left = { kind: "join", how: inner, left, right, on, using, beside, ...cursor.since(from) };
  }
}

function takeJoin(cursor: Cursor): "inner" | "left" | "right" | "full" | "cross" | null {
  if (cursor.takes("CROSS", "JOIN")) return "cross";
  if (cursor.takes("INNER", "JOIN") || cursor.takes("JOIN")) return "inner";
  if (cursor.takes("LEFT", "OUTER", "JOIN") || cursor.takes("LEFT", "JOIN")) return "left";
  if (cursor.takes("RIGHT", "OUTER", "JOIN") || cursor.takes("RIGHT", "JOIN")) return "right";
  if (cursor.dialect === "sqlite" && (cursor.takes("FULL", "OUTER", "JOIN") || cursor.takes("FULL", "JOIN")))
    return "full";
  if (cursor.sees("FULL"))
    cursor.fail(
      "FULL JOIN is read by MariaDB as an alias named FULL and an INNER JOIN: write two LEFT JOINs with UNION",
    );
  if (cursor.sees("NATURAL")) cursor.fail("NATURAL joins by whatever names are equal: write JOIN .. USING (..)");
  return null;
}

function readTable(cursor: Cursor): Source {
  const from = cursor.offset;
  if (cursor.seesSymbol("(")) {
    if (!isWord(cursor.peek(1), "SELECT") && !isWord(cursor.peek(1), "WITH")) {
      cursor.take();
      const joined = readSource(cursor);
      cursor.expectSymbol(")");
      return joined;
    }
    const query = cursor.bracketedQuery();
    const isNamed = cursor.takes("AS") || cursor.dialect !== "sqlite" || cursor.seesName();
    if (isNamed && !cursor.seesName()) cursor.fail("a query in FROM needs a name: write (SELECT ..) AS q");
    const alias = isNamed ? cursor.takeName("an alias for the query in brackets") : "";
    const columns = cursor.seesSymbol("(") ? readNames(cursor) : null;
    if (columns !== null)
      throw new GrammarError(
        cursor.own("SQLite has no column list after an alias: give the columns aliases with AS"),
        from,
      );
    return { kind: "derived", query, alias, columns, ...cursor.since(from) };
  }
  if (cursor.sees("DUAL") && cursor.dialect === "both") cursor.fail("DUAL is MariaDB's: leave out FROM");
  const name = cursor.takeName("a table");
  if (cursor.seesSymbol(".")) cursor.fail("write the table without the name of a database");
  if (cursor.seesSymbol("("))
    cursor.fail(
      cursor.dialect === "both"
        ? `${name}(..) is not a table on both engines`
        : `sqlproof does not read ${name}(..) as a table: select the text and take it apart in code`,
    );
  const next = cursor.peek(1)?.kind;
  if (cursor.sees("OFFSET") && (next === "number" || next === "parameter"))
    cursor.fail("OFFSET follows LIMIT: write LIMIT n OFFSET m");
  const alias = cursor.takes("AS") || cursor.seesName() ? cursor.takeName("an alias") : name;
  readHint(cursor);
  return { kind: "table", name, alias, ...cursor.since(from) };
}

function refuseHint(cursor: Cursor, engine: string): never {
  if (cursor.dialect === "both")
    cursor.fail("index hints are different on each engine: write sql({ mariadb, sqlite })");
  cursor.fail(`this index hint is ${engine}'s: leave it out`);
}

/** FORCE INDEX (..) and INDEXED BY, in a text for one engine. */
function readHint(cursor: Cursor): void {
  if (cursor.sees("FORCE") || cursor.sees("USE") || cursor.sees("IGNORE")) {
    if (cursor.dialect !== "mariadb") refuseHint(cursor, "MariaDB");
    cursor.take();
    cursor.expect("INDEX");
    readNames(cursor);
  }
  if (cursor.sees("INDEXED") || cursor.sees("NOT", "INDEXED")) {
    if (cursor.dialect !== "sqlite") refuseHint(cursor, "SQLite");
    if (!cursor.takes("NOT", "INDEXED")) {
      cursor.expect("INDEXED", "BY");
      cursor.takeName("an index");
    }
  }
}

function readLimit(cursor: Cursor): { limit: Expression | null; offset: Expression | null } {
  if (!cursor.takes("LIMIT")) return { limit: null, offset: null };
  const limit = readCount(cursor);
  if (cursor.dialect !== "both" && cursor.takesSymbol(",")) return { limit: readCount(cursor), offset: limit };
  if (cursor.seesSymbol(",")) cursor.fail("write LIMIT n OFFSET m: the comma form is easily read the wrong way round");
  return { limit, offset: cursor.takes("OFFSET") ? readCount(cursor) : null };
}

function readCount(cursor: Cursor): Expression {
  const count = cursor.expression();
  if (count.kind === "number" || count.kind === "parameter") return count;
  throw new GrammarError("LIMIT and OFFSET take a number or a parameter", count.from);
}

/** True where the rows are locked. */
function readLock(cursor: Cursor): boolean {
  const isLocked = cursor.takes("FOR", "UPDATE") || cursor.takes("LOCK", "IN", "SHARE", "MODE");
  if (isLocked) cursor.takes("SKIP", "LOCKED");
  return isLocked;
}
