import { splitStatements } from "../../sqlproof/src/migrations/split.ts";
import type { Case, Dialect } from "./cases.ts";

/** The statements that make a case's tables and views on MariaDB; what else a schema holds is left out. */
export function mariadbStatements({ dialect, schema }: Case): readonly string[] {
  if (/\bCREATE\s+(SCHEMA|DATABASE)\b/i.test(schema)) return [];
  const text = dialect === "mysql" ? mysqlText(schema) : schema;
  const enums = dialect === "postgresql" ? enumsOf(text) : new Map<string, string>();
  return splitStatements(text)
    .map((statement) => statement.text.replaceAll(/--[^\n]*|\/\*[^!][\s\S]*?\*\//g, " ").trim())
    .filter((statement) =>
      /^(CREATE\s+(TABLE|(OR\s+REPLACE\s+)?VIEW|(UNIQUE\s+)?INDEX)|ALTER\s+TABLE|DROP\s+(TABLE|VIEW)|RENAME\s+TABLE)\b/i.test(
        statement,
      ),
    )
    .map((statement) => ofDialect(statement, dialect, enums));
}

/** MySQL quotes texts in either quotes; our sessions take double quotes for names. */
function mysqlText(schema: string): string {
  return schema
    .replaceAll(/^\s*#.*$/gm, "")
    .replaceAll(/'(?:[^']|'')*'|"([^"]*)"/g, (token: string, inside?: string) =>
      inside === undefined ? token : `'${inside.replaceAll("'", "''")}'`,
    )
    .replaceAll(/\b(DEFAULT\s+)?(CHARSET|CHARACTER\s+SET|COLLATE)\s*=?\s*\w+/gi, "");
}

function ofDialect(statement: string, dialect: Dialect, enums: ReadonlyMap<string, string>): string {
  const isTable = /^(CREATE|ALTER)\s+TABLE/i.test(statement);
  if (dialect === "mysql" || !isTable) return statement;
  const mapped = types[dialect].reduce((text, [pattern, type]) => text.replaceAll(pattern, type), statement);
  const withEnums = [...enums].reduce(
    (text, [name, members]) =>
      text.replaceAll(new RegExp(`\\b${name}\\b(?=\\s*(,|\\)|$|NOT|NULL|DEFAULT))`, "gim"), members),
    mapped,
  );
  return numbered(withEnums);
}

const longText = "LONGTEXT";

/** Types by the nearest one of MariaDB that holds the same values. */
const types: Readonly<Record<"sqlite" | "postgresql", readonly (readonly [RegExp, string])[]>> = {
  postgresql: [
    [/\b(?:GENERATED\s+(?:ALWAYS|BY\s+DEFAULT)\s+AS\s+IDENTITY)(?:\s*\([^)]*\))?/gi, "AUTO_INCREMENT"],
    [/(?<=\s)(?:big|)serial(8|)\b/gi, "BIGINT NUMBERED"],
    [/(?<=\s)(?:smallserial|serial[24])\b/gi, "INT NUMBERED"],
    [/(?<=\s)(?:text|citext)\b(?!\s*\[|\s*\()/gi, longText],
    [/(?<=\s)character\s+varying\b/gi, "varchar"],
    [/(?<=\s)varchar\b(?!\s*\(|\s*\[)/gi, longText],
    [/(?<=\s)uuid\b(?!\s*\[|\s*\()/gi, "VARCHAR(36)"],
    [/(?<=\s)bytea\b(?!\s*\[)/gi, "LONGBLOB"],
    [/(?<=\s)jsonb\b(?!\s*\[)/gi, "JSON"],
    [/(?<=\s)timestamp(?:tz)?(?:\s+with(?:out)?\s+time\s+zone)?\b(?!\s*\[|\s*\()/gi, "DATETIME"],
    [/(?<=\s)(?:numeric|decimal)\b(?!\s*\(|\s*\[)/gi, "DECIMAL(19,4)"],
    [/(?<=\s)(?:real|float[48])\b(?!\s*\[)/gi, "DOUBLE"],
    [/(?<=\s)int2\b/gi, "SMALLINT"],
    [/(?<=\s)int4\b/gi, "INT"],
    [/(?<=\s)int8\b/gi, "BIGINT"],
    [/\bDEFAULT\s+now\(\)/gi, "DEFAULT CURRENT_TIMESTAMP"],
    [/\bDEFAULT\s+(?:gen_random_uuid|uuid_generate_v4)\(\)/gi, "DEFAULT (UUID())"],
    [/('[^']*')::\w+/g, "$1"],
    [/\bONLY\b/g, ""],
  ],
  sqlite: [
    [/\bAUTOINCREMENT\b/gi, "AUTO_INCREMENT"],
    [/\)\s*(?:STRICT|WITHOUT\s+ROWID|,|\s)*$/gi, ")"],
    [/(?<=\s)integer\b/gi, "BIGINT"],
    [/(?<=\s)(?:text|clob)\b/gi, longText],
    [/(?<=\s)varchar\b(?!\s*\()/gi, longText],
    [/(?<=\s)real\b/gi, "DOUBLE"],
    [/(?<=\s)blob\b/gi, "LONGBLOB"],
    [/(?<=\s)(?:decimal|numeric)\b(?!\s*\()/gi, "DECIMAL(19,4)"],
    [/\bDEFAULT\s+\(?unixepoch\(\)\)?/gi, "DEFAULT (UNIX_TIMESTAMP())"],
  ],
};

/** MariaDB numbers one column of a table, which must be a key. */
function numbered(statement: string): string {
  let taken = /AUTO_INCREMENT/i.test(statement);
  const isKey = (rest: string): boolean => /^[^,]*\b(PRIMARY\s+KEY|UNIQUE)\b/i.test(rest);
  const once = statement.replaceAll(/\bNUMBERED\b/g, (_: string, offset: number) => {
    if (taken) return "";
    taken = true;
    const rest = statement.slice(offset + "NUMBERED".length);
    return isKey(rest) ? "AUTO_INCREMENT" : "AUTO_INCREMENT UNIQUE";
  });
  return once.replaceAll(/(BIGINT)(?=\s+(?:NOT\s+NULL\s+)?PRIMARY\s+KEY\s*(,|\)|$))/gim, (token: string) =>
    /AUTO_INCREMENT/i.test(once) ? token : `${token} AUTO_INCREMENT`,
  );
}

function enumsOf(schema: string): Map<string, string> {
  const made = schema.matchAll(/CREATE\s+TYPE\s+"?(\w+)"?\s+AS\s+ENUM\s*\(([^)]*)\)/gi);
  return new Map([...made].map(([, name = "", members = ""]) => [name, `ENUM(${members.replaceAll(/\s+/g, " ")})`]));
}

/** The same statement where text that is a key has a length, as MariaDB demands. */
export function withShortTexts(statement: string): string {
  return statement.replaceAll(longText, "VARCHAR(255)").replaceAll(/(?<=\s)text\b/gi, "VARCHAR(255)");
}
