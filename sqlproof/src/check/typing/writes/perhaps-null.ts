import type { Expression } from "../../tree/nodes.ts";
import { type Context, isSqliteAlone } from "../context.ts";

/** What only MariaDB computes, and never as NULL. */
const always: ReadonlySet<string> = new Set(
  `NOW CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP SYSDATE CURDATE CURRENT_DATE CURTIME CURRENT_TIME UTC_TIMESTAMP UTC_DATE
   UTC_TIME UUID UUID_SHORT SYS_GUID RAND CONNECTION_ID USER CURRENT_USER SESSION_USER SYSTEM_USER VERSION LAST_INSERT_ID
   ROW_COUNT FOUND_ROWS NEXTVAL COUNT ROW_NUMBER RANK DENSE_RANK NTILE PERCENT_RANK CUME_DIST BIT_AND BIT_OR BIT_XOR
   JSON_OBJECT JSON_ARRAY CHAR ISNULL`.split(/\s+/),
);

/** What is NULL only of a NULL, on MariaDB alone too. A date beyond the last one is an error in a write. */
export const strict: ReadonlySet<string> = new Set(
  `DATE_ADD DATE_SUB ADDDATE SUBDATE INTERVAL TIMESTAMP LAST_DAY STR_TO_DATE FROM_DAYS DATE
   EXTRACT YEAR MONTH DAY HOUR MINUTE SECOND QUARTER WEEK WEEKDAY DAYOFWEEK DAYOFMONTH DAYOFYEAR DAYNAME MONTHNAME
   YEARWEEK DATEDIFF TO_DAYS TO_SECONDS TIME_TO_SEC SEC_TO_TIME TIME
   MD5 SHA SHA1 HEX CRC32 TO_BASE64 COMPRESS PASSWORD BIN OCT ORD ASCII LEFT RIGHT MID SUBSTR SUBSTRING_INDEX REVERSE
   REPEAT SPACE INSERT LOCATE POSITION INSTR FIELD FIND_IN_SET STRCMP LCASE UCASE LTRIM RTRIM TRIM QUOTE SOUNDEX
   REGEXP REPLACE REGEXP_REPLACE REGEXP_SUBSTR REGEXP_INSTR RLIKE FORMAT TRUNCATE CEIL CEILING FLOOR ROUND SIGN ABS EXP POW POWER
   PI RADIANS DEGREES SIN COS TAN ATAN CONVERT GREATEST LEAST LENGTH OCTET_LENGTH BIT_LENGTH BIT_COUNT CHAR_LENGTH
   CHARACTER_LENGTH CONCAT LOWER UPPER JSON_VALID | & << >> ^ ~`.split(/\s+/),
);

/** True where a value of a type that is not known may be NULL: always, unless it is known that it is not. */
export function mayBeNull(node: Expression, context: Context): boolean {
  const any = (...nodes: readonly Expression[]): boolean => nodes.some((one) => mayBeNull(one, context));
  switch (node.kind) {
    case "number":
    case "text":
    case "blob":
    case "truth":
    case "exists":
    case "null-test":
      return false;
    case "parameter":
      return context.parameters.typeOf(node.token.name).nullable;
    case "column":
      return context.bound.get(node)?.column.type.nullable ?? !always.has(node.name.toUpperCase());
    case "unary":
    case "cast":
      return any(node.operand);
    case "binary":
      // A division by 0 is an error in a write on MariaDB, and NULL on SQLite.
      return (isSqliteAlone(context) && /[/%]/.test(node.operator)) || any(node.left, node.right);
    case "like":
      return any(node.operand, node.pattern);
    case "between":
      return any(node.operand, node.low, node.high);
    case "in-list":
      return any(node.operand, ...node.items);
    case "case": {
      const { branches, otherwise } = node;
      return otherwise === null || any(...branches.map(({ result }) => result), otherwise);
    }
    case "call":
      return isNullCall(node, context);
    default:
      return true;
  }
}

function isNullCall(node: Expression & { kind: "call" }, context: Context): boolean {
  const { name, arguments: items } = node;
  const some = (): boolean => items.some((one) => mayBeNull(one, context));
  switch (name) {
    case "COALESCE":
    case "IFNULL":
      return items.every((one) => mayBeNull(one, context));
    case "IF":
    case "IIF":
      return items.length < 3 || items.slice(1).some((one) => mayBeNull(one, context));
    case "NVL2":
      return items.slice(1).some((one) => mayBeNull(one, context));
    case "TIMESTAMPADD":
    case "TIMESTAMPDIFF":
      return items.slice(1).some((one) => mayBeNull(one, context));
    case "UNIX_TIMESTAMP":
      return items.length > 0;
    case "DATE_FORMAT":
      return some() || items[1]?.kind !== "text" || items[1].value === "";
    case "SHA2":
      return some() || items[1]?.kind !== "number" || !["224", "256", "384", "512"].includes(items[1].text);
    case "LPAD":
    case "RPAD":
      return some() || items[1]?.kind !== "number";
    // Of SQLite's own functions, those that are never NULL have a type.
    case "VALUES":
    case "VALUE":
      return some();
    default:
      if (isSqliteAlone(context)) return !["GLOB", "REGEXP", "MATCH"].includes(name) || some();
      if (always.has(name)) return false;
      return !strict.has(name) || some();
  }
}
