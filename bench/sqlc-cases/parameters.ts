/** A query with our parameters. */
export interface Translated {
  readonly text: string;
  /** The names that the case says may be null. */
  readonly nullable: ReadonlySet<string>;
}

/** Quoted texts, names and comments stay; the rest are sqlc's own calls and the parameters of the three dialects. */
const tokens =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\/|sqlc\.(\w+)\(\s*['"]?(\w+)['"]?\s*\)(?:::(\w+))?|(?<![\w?])\?(\d*)|\$(\d+)(?:::(\w+))?|(?<![@\w])@(\w+)(?:::(\w+))?|(?<![:\w]):(\w+)|::/g;

/** Writes every parameter as `:name`, and a cast of a parameter as our declaration of its type. */
export function translated(sql: string): Translated {
  const nullable = new Set<string>();
  let count = 0;
  const text = sql.replaceAll(tokens, (token: string, ...groups: (string | undefined)[]) => {
    const [call, argument, argumentCast, question, dollar, dollarCast, at, atCast, colon] = groups;
    if (call === "embed") return `${argument}.*`;
    if (call === "slice") return `:${argument}...`;
    if (call === "narg" && argument !== undefined) nullable.add(argument);
    if (call === "arg" || call === "narg") return `:${argument}${declared(argumentCast)}`;
    if (call !== undefined) return token;
    if (question !== undefined) {
      count += 1;
      return `:p${question === "" ? count : question}`;
    }
    if (dollar !== undefined) return `:p${dollar}${declared(dollarCast)}`;
    if (at !== undefined) return `:${at}${declared(atCast)}`;
    return colon === undefined ? token : `:${colon}`;
  });
  return { text, nullable };
}

const types: readonly (readonly [RegExp, string])[] = [
  [/^(text|varchar|uuid|char)$/i, "text"],
  [/^(bool|boolean)$/i, "boolean"],
  [/^(int|integer|int2|int4|int8|bigint|smallint)$/i, "integer"],
  [/^date$/i, "date"],
  [/^(timestamp|timestamptz)$/i, "datetime"],
  [/^(float8|float4|real|double)$/i, "double"],
  [/^(numeric|decimal)$/i, "decimal(4)"],
  [/^bytea$/i, "blob"],
];

/** An unknown type stays as PostgreSQL's cast, which neither engine takes. */
function declared(cast: string | undefined): string {
  if (cast === undefined) return "";
  return `::${types.find(([pattern]) => pattern.test(cast))?.[1] ?? cast}`;
}

const parameter = /(?<![:\w]):(\w+)(::\w+(?:\(\d+\))?\??)?(\.\.\.)?/g;
const apart = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|--[^\n]*|\/\*[\s\S]*?\*\//;
const parameterOrQuoted = new RegExp(`${apart.source}|${parameter.source}`, "g");

/** The text as an engine prepares it. */
export function withPlaceholders(text: string): string {
  return text.replaceAll(parameterOrQuoted, (token: string, name?: string) => (name === undefined ? token : "?"));
}

/** The text with a declared type for the named parameters that have none. */
export function declaring(text: string, chosen: ReadonlyMap<string, string>): string {
  return text.replaceAll(parameterOrQuoted, (token: string, name?: string, type?: string, list?: string) => {
    const given = name === undefined || type !== undefined ? undefined : chosen.get(name);
    return given === undefined ? token : `:${name}::${given}${list ?? ""}`;
  });
}
