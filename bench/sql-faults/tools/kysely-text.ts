import {
  closingIndex,
  isSymbol,
  isWord,
  meaningful,
  type Token,
  tokenize,
} from "../../../sqlproof/src/check/parse/tokenize.ts";

/** How a value is written: by the name of its parameter. */
export type Values = (name: string) => string;

/** Raised for a text whose structure the builder's methods cannot express. */
export class NoBuilder extends Error {
  override readonly name = "NoBuilder";
}

/**
 * Translates one statement to kysely by rule, one clause per line: clauses with a typed builder method use it; every
 * other expression becomes kysely's raw fragment sql`..`, as its manual advises, which nothing checks.
 */
export function toKysely(sql: string, values: Values, rowType: (name: string) => string): string[] {
  const tokens = meaningful(tokenize(sql));
  const first = tokens[0];
  const reader = { sql, tokens, values, rowType };
  if (isWord(first, "SELECT")) return select(reader);
  if (isWord(first, "INSERT") && isWord(tokens[1], "INTO")) return insert(reader);
  if (isWord(first, "UPDATE") && isWord(tokens[2], "SET")) return update(reader);
  if (isWord(first, "DELETE") && isWord(tokens[1], "FROM")) return remove(reader);
  throw new NoBuilder("no statement of the builder begins like this");
}

interface Reader {
  readonly sql: string;
  readonly tokens: readonly Token[];
  readonly values: Values;
  readonly rowType: (name: string) => string;
}

const clauses = [
  "FROM",
  "JOIN",
  "LEFT",
  "INNER",
  "WHERE",
  "GROUP",
  "HAVING",
  "ORDER",
  "LIMIT",
  "FOR",
  "RETURNING",
  "ON",
];
const conflictWords = ["UNION", "FULL", "STRAIGHT_JOIN", "LOCK", "CROSS", "RIGHT", "OFFSET"];

/** The index of the next of these words at depth 0. */
function next(tokens: readonly Token[], from: number, words: readonly string[]): number {
  for (let at = from; at < tokens.length; at += 1) {
    if (isSymbol(tokens[at], "(")) {
      const close = closingIndex(tokens, at);
      if (close < at) throw new NoBuilder("a bracket is not closed");
      at = close;
    } else if (words.some((word) => isWord(tokens[at], word))) return at;
  }
  return tokens.length;
}

/** Splits tokens at a comma or at AND, not inside brackets. */
function split(tokens: readonly Token[], separator: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let between = false;
  for (const token of tokens) {
    if (isSymbol(token, "(")) depth += 1;
    if (isSymbol(token, ")")) depth -= 1;
    if (isWord(token, "BETWEEN")) between = true;
    const separates = depth === 0 && (isSymbol(token, separator) || isWord(token, separator));
    if (separates && !between) parts.push([]);
    else parts.at(-1)?.push(token);
    if (separates) between = false;
  }
  return parts;
}

function select(reader: Reader): string[] {
  const { tokens } = reader;
  if (
    tokens.some(
      (token, index) => conflictWords.some((word) => isWord(token, word)) && index > 0 && depthAt(tokens, index) === 0,
    )
  )
    throw new NoBuilder("the builder has no method of this name");
  const from = next(tokens, 1, ["FROM"]);
  if (from === tokens.length) throw new NoBuilder("no FROM");
  const distinct = isWord(tokens[1], "DISTINCT");
  const items = split(tokens.slice(distinct ? 2 : 1, from), ",").map((item) => selected(item, reader));
  const { table, end } = tableAt(tokens, from + 1);
  return [
    `.selectFrom("${table}")`,
    ...(distinct ? [".distinct()"] : []),
    ...tail(reader, end),
    ".select((eb) => [",
    ...items.map((item) => `  ${item},`),
    "])",
    ".execute()",
  ];
}

function depthAt(tokens: readonly Token[], index: number): number {
  return tokens
    .slice(0, index)
    .reduce((depth, token) => depth + (isSymbol(token, "(") ? 1 : isSymbol(token, ")") ? -1 : 0), 0);
}

/** `orders o` or `orders AS o` as kysely writes it. */
function tableAt(tokens: readonly Token[], at: number): { readonly table: string; readonly end: number } {
  const name = tokens[at];
  if (name?.kind !== "word") throw new NoBuilder("no plain table");
  const as = isWord(tokens[at + 1], "AS") ? at + 2 : at + 1;
  const alias = tokens[as];
  if (alias?.kind !== "word" || clauses.some((word) => isWord(alias, word)) || isWord(alias, "SET"))
    return { table: name.text, end: at + 1 };
  return { table: `${name.text} as ${alias.text}`, end: as + 1 };
}

/** JOIN, WHERE, GROUP BY, HAVING, ORDER BY, LIMIT and FOR UPDATE in the order of the text. */
function tail(reader: Reader, from: number): string[] {
  const { tokens } = reader;
  const lines: string[] = [];
  for (let at = from; at < tokens.length; ) {
    const start = isWord(tokens[at], "LEFT") || isWord(tokens[at], "INNER") ? at + 1 : at;
    const end = next(
      tokens,
      start + 1,
      clauses.filter((word) => word !== "ON"),
    );
    const body = tokens.slice(start + 1, end);
    if (isWord(tokens[start], "JOIN")) lines.push(joined(body, isWord(tokens[at], "LEFT")));
    else if (isWord(tokens[at], "WHERE"))
      lines.push(...split(body, "AND").map((part) => condition(part, reader, "where")));
    else if (isWord(tokens[at], "HAVING")) lines.push(`.having(${raw(body, reader, "boolean")})`);
    else if (isWord(tokens[at], "GROUP"))
      lines.push(
        `.groupBy([${split(body.slice(1), ",")
          .map((part) => reference(part) ?? raw(part, reader, "unknown"))
          .join(", ")}])`,
      );
    else if (isWord(tokens[at], "ORDER")) lines.push(...split(body.slice(1), ",").map((part) => ordered(part, reader)));
    else if (isWord(tokens[at], "LIMIT") && body.length === 1)
      lines.push(`.limit(${value(body[0], reader) ?? raw(body, reader, "number")})`);
    else if (isWord(tokens[at], "FOR") && isWord(tokens[at + 1], "UPDATE")) lines.push(".forUpdate()");
    else if (isWord(tokens[at], "RETURNING"))
      lines.push(
        `.returning([${split(body, ",")
          .map((part) => reference(part) ?? raw(part, reader, "unknown"))
          .join(", ")}])`,
      );
    else throw new NoBuilder(`no method for ${tokens[at]?.text}`);
    at = isWord(tokens[at], "FOR") ? end + 1 : end;
  }
  return lines;
}

function joined(body: readonly Token[], left: boolean): string {
  const { table, end } = tableAt(body, 0);
  if (!isWord(body[end], "ON")) throw new NoBuilder("a join needs ON");
  const on = body.slice(end + 1);
  const equal = on.findIndex((token) => isSymbol(token, "="));
  const [one, other] = [reference(on.slice(0, equal)), reference(on.slice(equal + 1))];
  if (one === null || other === null) throw new NoBuilder("a join needs two columns");
  return `.${left ? "leftJoin" : "innerJoin"}("${table}", ${one}, ${other})`;
}

/** `o.id` as a quoted reference, or null for anything else. */
function reference(part: readonly Token[]): string | null {
  const [one, dot, two] = part;
  if (part.length === 1 && one?.kind === "word") return `"${one.text}"`;
  if (part.length === 3 && one?.kind === "word" && isSymbol(dot, ".") && two?.kind === "word")
    return `"${one.text}.${two.text}"`;
  return null;
}

function value(token: Token | undefined, { values }: Reader): string | null {
  if (token?.kind === "parameter") return values(token.name);
  if (token?.kind === "number") return token.text;
  return token?.kind === "string" ? JSON.stringify(token.text.slice(1, -1)) : null;
}

const operators = ["=", "<>", "!=", "<", ">", "<=", ">="];

function condition(part: readonly Token[], reader: Reader, method: string): string {
  const at = part.findIndex(
    (token) =>
      operators.some((operator) => isSymbol(token, operator)) ||
      ["IN", "IS", "LIKE"].some((word) => isWord(token, word)),
  );
  const column = reference(part.slice(0, Math.max(at, 0)));
  const rest = part.slice(at + 1);
  const operator = part[at]?.text.toLowerCase() ?? "";
  const right = rest.length === 1 ? value(rest[0], reader) : null;
  if (column !== null && right !== null) return `.${method}(${column}, "${operator}", ${right})`;
  const other = rest.length > 0 && operators.includes(operator) && !isWord(rest[0], "NULL") ? reference(rest) : null;
  if (column !== null && other !== null) return `.${method}Ref(${column}, "${operator}", ${other})`;
  if (column !== null && operator === "is" && rest.length === 1 && isWord(rest[0], "NULL"))
    return `.${method}(${column}, "is", null)`;
  if (column !== null && operator === "in" && rest.length === 3 && rest[1]?.kind === "parameter")
    return `.${method}(${column}, "in", ${value(rest[1], reader)})`;
  return `.${method}(${raw(part, reader, "boolean")})`;
}

function ordered(part: readonly Token[], reader: Reader): string {
  const direction = part.at(-1);
  const down = isWord(direction, "DESC");
  const column = reference(down || isWord(direction, "ASC") ? part.slice(0, -1) : part);
  return column === null ? `.orderBy(${raw(part, reader, "unknown")})` : `.orderBy(${column}${down ? ', "desc"' : ""})`;
}

const aggregates = ["SUM", "COUNT", "MIN", "MAX", "AVG"];

function selected(part: readonly Token[], reader: Reader): string {
  const as = next(part, 0, ["AS"]);
  const expression = part.slice(0, as);
  const alias = part[as + 1];
  const column = reference(expression);
  if (column !== null) return alias === undefined ? column : `${column.slice(0, -1)} as ${alias.text}"`;
  const name = alias?.text.replaceAll('"', "");
  if (name === undefined) throw new NoBuilder("an expression needs a name");
  const called = aggregates.find((aggregate) => isWord(expression[0], aggregate));
  const argument =
    called !== undefined && closingIndex(expression, 1) === expression.length - 1 ? expression.slice(2, -1) : null;
  if (called === "COUNT" && argument?.length === 1 && isSymbol(argument[0], "*"))
    return `eb.fn.countAll<number>().as("${name}")`;
  const counted = argument === null ? null : reference(argument);
  if (called !== undefined && counted !== null)
    return `eb.fn.${called.toLowerCase()}<${reader.rowType(name)}>(${counted}).as("${name}")`;
  return `${raw(expression, reader, reader.rowType(name))}.as("${name}")`;
}

/** kysely's escape hatch: text that goes to the engine unchanged. */
function raw(part: readonly Token[], { sql, values }: Reader, type: string): string {
  const [first, last] = [part[0], part.at(-1)];
  if (first === undefined || last === undefined) throw new NoBuilder("nothing is left");
  const text = sql.slice(first.offset, last.offset + last.text.length).replaceAll(/\s+/g, " ");
  return `sql<${type}>\`${text.replaceAll(/:(\w+)(?:::\w+(?:\(\d+\))?\??)?(?:\.\.\.)?/g, (_, name: string) => `\${${values(name)}}`)}\``;
}

function insert(reader: Reader): string[] {
  const { tokens } = reader;
  const table = tokens[2];
  const closed = closingIndex(tokens, 3);
  if (table?.kind !== "word" || !isSymbol(tokens[3], "(") || !isWord(tokens[closed + 1], "VALUES"))
    throw new NoBuilder("no plain INSERT");
  const end = closingIndex(tokens, closed + 2);
  const names = split(tokens.slice(4, closed), ",").map((part) => part[0]?.text ?? "");
  const given = split(tokens.slice(closed + 3, end), ",");
  if (names.length !== given.length)
    throw new NoBuilder("the builder gives each column its value: counts cannot differ");
  const fields = names.flatMap((name, index) => {
    const written = valueOrRaw(given[index] ?? [], reader);
    // Without a value, the field is omitted.
    return written === "" ? [] : [`  ${name}: ${written},`];
  });
  const rest = tokens.slice(end + 1);
  if (rest.length > 0 && !isWord(rest[0], "RETURNING"))
    return [`.insertInto("${table.text}")`, ".values({", ...fields, "})", conflict(rest), ".execute()"];
  return [`.insertInto("${table.text}")`, ".values({", ...fields, "})", ...tail(reader, end + 1), ".execute()"];
}

/** `ON CONFLICT (k) DO UPDATE SET c = excluded.c`. */
function conflict(rest: readonly Token[]): string {
  const [key, column, from] = [rest[3], rest[8], rest[12]];
  if (
    !isWord(rest[1], "CONFLICT") ||
    rest.length !== 13 ||
    key === undefined ||
    column === undefined ||
    from === undefined
  )
    throw new NoBuilder("no plain upsert");
  return `.onConflict((oc) => oc.column("${key.text}").doUpdateSet((eb) => ({ ${column.text}: eb.ref("excluded.${from.text}") })))`;
}

function valueOrRaw(part: readonly Token[], reader: Reader): string {
  const plain = part.length === 1 ? value(part[0], reader) : null;
  return plain ?? raw(part, reader, "any");
}

function update(reader: Reader): string[] {
  const { tokens } = reader;
  const where = next(tokens, 3, ["WHERE"]);
  const fields = split(tokens.slice(3, where), ",").map(
    (part) => `  ${part[0]?.text}: ${valueOrRaw(part.slice(2), reader)},`,
  );
  return [`.updateTable("${tokens[1]?.text}")`, ".set({", ...fields, "})", ...tail(reader, where), ".execute()"];
}

function remove(reader: Reader): string[] {
  const { table, end } = tableAt(reader.tokens, 2);
  return [`.deleteFrom("${table}")`, ...tail(reader, end), ".execute()"];
}
