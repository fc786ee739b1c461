import type { ValueType } from "../../runtime/proof.ts";

/** A parameter as it is written: `:name`, `:name...`, `:name::decimal(4)?`. */
export interface ParameterToken {
  readonly kind: "parameter";
  readonly text: string;
  readonly offset: number;
  readonly name: string;
  readonly list: boolean;
  readonly annotation: Annotation | null;
}

/** A type that the author declared after `::`. */
export interface Annotation {
  readonly type: ValueType;
  /** Decimal places, or null when not declared. */
  readonly scale: number | null;
  readonly nullable: boolean;
}

export interface PlainToken {
  readonly kind: "word" | "number" | "string" | "quoted" | "symbol" | "space" | "variable";
  readonly text: string;
  readonly offset: number;
}

export type Token = ParameterToken | PlainToken;

/** A text that is not one portable statement. `offset` is the place in the text. */
export class TokenError extends Error {
  override readonly name = "TokenError";
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

const annotationTypes: Readonly<Record<string, ValueType>> = {
  integer: "integer",
  bigint: "bigint",
  decimal: "decimal",
  double: "double",
  boolean: "boolean",
  text: "text",
  blob: "blob",
  datetime: "datetime",
  date: "date",
};

// One alternative per kind of token, tried in order at each place; comments count as whitespace.
const pattern = new RegExp(
  [
    "(?<space>\\s+|--[^\\n]*|/\\*[\\s\\S]*?\\*/)",
    "(?<string>'(?:[^']|'')*')",
    '(?<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`)',
    "(?<parameter>:(?<name>[A-Za-z_][A-Za-z0-9_]*)" +
      "(?:::(?<type>[a-z]+)(?:\\((?<scale>\\d+)\\))?(?<nullable>\\?)?)?(?<list>\\.\\.\\.)?)",
    "(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)",
    "(?<word>[A-Za-z_][A-Za-z0-9_$]*)",
    '(?<variable>@@?(?:"[^"]*"|[A-Za-z0-9_]+))',
    "(?<symbol><=>|<>|<=|>=|!=|\\|\\||&&|<<|>>|->>|->|[-+*/%=<>(),.&|~!])",
  ].join("|"),
  "y",
);

/**
 * Splits a statement into tokens. It knows strings, quoted names, comments and parameters but no grammar: parsing is
 * left to the engines. Throws `TokenError` on a text that cannot be one portable statement.
 */
export function tokenize(sql: string): readonly Token[] {
  if (sql === latest.sql) return latest.tokens;
  const tokens = read(sql);
  latest = { sql, tokens };
  return tokens;
}

/** Kept because the checker reads a text several times, one after the other. */
let latest: { readonly sql: string; readonly tokens: readonly Token[] } = { sql: "", tokens: [] };

function read(sql: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < sql.length) {
    pattern.lastIndex = offset;
    const match = pattern.exec(sql);
    if (match === null) throw new TokenError(unreadable(sql, offset), offset);
    tokens.push(toToken(match, offset, sql));
    offset = pattern.lastIndex;
  }
  return tokens;
}

function toToken(match: RegExpExecArray, offset: number, sql: string): Token {
  const [text] = match;
  const groups = match.groups ?? {};
  if (groups.parameter !== undefined) return parameterToken(groups, text, offset);
  if (/^--[^\s]/.test(text))
    throw new TokenError("'--' begins a comment on SQLite only, unless a space follows: write '-- '", offset);
  if (text.startsWith("/*!") || text.startsWith("/*M!"))
    throw new TokenError("executable comments (/*! .. */) run on MariaDB only: write portable SQL", offset);
  if (text === "/" && sql[offset + 1] === "*") throw new TokenError("this /* is never closed", offset);
  for (const kind of ["space", "string", "quoted", "number", "word", "variable"] as const)
    if (groups[kind] !== undefined) return { kind, text, offset };
  return { kind: "symbol", text, offset };
}

function parameterToken(groups: Record<string, string | undefined>, text: string, offset: number): ParameterToken {
  const { name = "", type, scale, nullable, list } = groups;
  let annotation: Annotation | null = null;
  if (type !== undefined) {
    const known = annotationTypes[type];
    if (known === undefined) {
      const choice = Object.keys(annotationTypes).join(", ");
      throw new TokenError(`:${name}::${type} is not a type; choose one of ${choice}`, offset);
    }
    if (scale !== undefined && known !== "decimal")
      throw new TokenError(`:${name}::${type}(${scale}): only decimal takes a number of places`, offset);
    annotation = { type: known, scale: scale === undefined ? null : Number(scale), nullable: nullable !== undefined };
  }
  return { kind: "parameter", text, offset, name, list: list !== undefined, annotation };
}

function unreadable(sql: string, offset: number): string {
  const character = sql[offset] ?? "";
  switch (character) {
    case ";":
      return "one statement per sql(): remove the ';'";
    case "?":
    case "$":
    case "{":
      return foreignParameter(sql, offset);
    case "#":
      if (sql[offset + 1] === "{") return foreignParameter(sql, offset);
      return "'#' begins a comment on MariaDB only: write '-- '";
    case "'":
    case '"':
    case "`":
      return `this ${character} is never closed`;
    case ":":
      if (sql[offset + 1] === ":")
        return "'::' gives a type to a parameter, such as :id::integer: write CAST(x AS CHAR) or CAST(x AS INTEGER) of a column";
      return "a ':' must begin a parameter name, such as :id";
    default:
      return `'${character}' cannot be read`;
  }
}

/** A parameter as other programs write it: `?`, `$1`, `$id`, `{id}`, `${id}`, `#{id}`. */
function foreignParameter(sql: string, offset: number): string {
  const [mark, inside, behind] =
    /^(?:[$#]?\{+\s*([A-Za-z_]\w*)\s*\}+|\$([A-Za-z_]\w*))/.exec(sql.slice(offset, offset + 100)) ?? [];
  const name = inside ?? behind;
  if (mark === undefined || name === undefined)
    return `'${sql[offset] ?? ""}' is not portable here: write parameters as :name`;
  return `'${mark}' is not portable here: write parameters as :name, here as :${name}`;
}

/** Tokens without whitespace and comments. */
export function meaningful(tokens: readonly Token[]): Token[] {
  return tokens.filter((token) => token.kind !== "space");
}

/** True for this keyword or name, ignoring case. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === "word" && token.text.length === word.length && token.text.toUpperCase() === word;
}

/** True for this operator or bracket. */
export function isSymbol(token: Token | undefined, symbol: string): boolean {
  return token?.kind === "symbol" && token.text === symbol;
}

/** The name in a word or in a quoted name, else null. */
export function nameIn(token: Token | undefined): string | null {
  if (token?.kind === "word") return token.text;
  if (token?.kind !== "quoted") return null;
  const quote = token.text[0] ?? "";
  return token.text.slice(1, -1).replaceAll(quote + quote, quote);
}

/** Index of the `)` that closes the `(` at `open`, or the end. */
export function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index += 1) {
    if (isSymbol(tokens[index], "(")) depth += 1;
    if (isSymbol(tokens[index], ")")) depth -= 1;
    if (depth === 0) return index;
  }
  return tokens.length;
}
