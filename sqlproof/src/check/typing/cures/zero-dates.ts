import type { Call, Expression } from "../../tree/nodes.ts";
import { type Context, quoted, refuse } from "../context.ts";

/** MariaDB's own functions that take whatever they get, 0000-00-00 too, for a date. */
const reading: ReadonlySet<string> = new Set(["DATE", "TIMESTAMP", "CAST", "CONVERT"]);

/** Those that give one of their values as it is. */
const choosing: ReadonlySet<string> = new Set(
  `COALESCE IFNULL NVL NVL2 IF NULLIF GREATEST LEAST MIN MAX FIRST_VALUE LAST_VALUE NTH_VALUE LAG LEAD VALUES VALUE`.split(
    /\s+/,
  ),
);

/** Those that give a date or time that exists, or NULL. */
const existing: ReadonlySet<string> = new Set(
  `NOW CURRENT_TIMESTAMP LOCALTIME LOCALTIMESTAMP SYSDATE CURDATE CURRENT_DATE UTC_TIMESTAMP UTC_DATE DATE_ADD DATE_SUB
   ADDDATE SUBDATE ADD_MONTHS INTERVAL TIMESTAMPADD FROM_UNIXTIME LAST_DAY MAKEDATE ADDTIME SUBTIME CONVERT_TZ`.split(
    /\s+/,
  ),
);

/** Refuses a value of MariaDB alone that may be 0000-00-00 or have a month 00: no program reads it as a date. */
export function refuseZeroDate(node: Expression, context: Context): void {
  if (context.mode !== "mariadb") return;
  const found = zeroDateIn(node, context);
  if (found === null) return;
  const words = quoted(found);
  refuse(
    context,
    "function",
    `${words} may be a day such as 0000-00-00 or 2024-00-00, which no program reads: write DATE_ADD(${words}, INTERVAL 0 DAY), which is NULL or an error then, or CAST(${words} AS CHAR)`,
    found,
  );
}

/** The part of a date, of those that reach its value, that may be no day; null where there is none. */
function zeroDateIn(node: Expression, context: Context): Expression | null {
  const first = (nodes: readonly Expression[]): Expression | null => {
    for (const one of nodes) {
      const found = zeroDateIn(one, context);
      if (found !== null) return found;
    }
    return null;
  };
  if (node.kind === "case")
    return first([...node.branches.map(({ result }) => result), ...(node.otherwise === null ? [] : [node.otherwise])]);
  if (node.kind === "cast") return /^DATE(TIME)?\b/.test(node.type) ? readFrom(node, node.operand, context) : null;
  if (node.kind !== "call") return null;
  if (node.name === "FROM_DAYS" || (node.name === "STR_TO_DATE" && hasDay(node))) return node;
  if (choosing.has(node.name)) return first(node.arguments);
  const [operand, second] = node.arguments;
  if (!reading.has(node.name) || operand === undefined || (node.name === "TIMESTAMP" && second !== undefined))
    return null;
  const isDate = node.name !== "CONVERT" || (second?.kind === "text" && /^DATE/.test(second.value));
  return isDate ? readFrom(node, operand, context) : null;
}

/** False for a pattern of hours and minutes alone, which gives no date. */
function hasDay({ arguments: [, pattern] }: Call): boolean {
  return pattern?.kind !== "text" || /%[^HhIiklprSsTf%]/.test(pattern.value);
}

function readFrom(node: Expression, operand: Expression, context: Context): Expression | null {
  return isDay(operand, context) ? zeroDateIn(operand, context) : node;
}

/** True where a function takes no text or number for a date. */
function isDay(node: Expression, context: Context): boolean {
  const all = (nodes: readonly Expression[]): boolean => nodes.every((one) => isDay(one, context));
  switch (node.kind) {
    case "null":
      return true;
    case "text":
      return /^\d{4}-(0[1-9]|1\d)-(0[1-9]|[123]\d)/.test(node.value);
    case "parameter":
      return ["date", "datetime", "open"].includes(context.parameters.typeOf(node.token.name).kind);
    case "column": {
      const kind = context.bound.get(node)?.column.type.kind;
      return kind === "date" || kind === "datetime" || (kind === undefined && existing.has(node.name.toUpperCase()));
    }
    case "binary":
      return [node.left, node.right].some((one) => one.kind === "call" && one.name === "INTERVAL");
    case "case":
      return all([...node.branches.map(({ result }) => result), ...(node.otherwise === null ? [] : [node.otherwise])]);
    case "cast":
      return /^DATE/.test(node.type);
    case "call":
      if (existing.has(node.name) || reading.has(node.name)) return true;
      if (["FROM_DAYS", "STR_TO_DATE"].includes(node.name)) return true;
      return choosing.has(node.name) && all(node.arguments);
    default:
      return false;
  }
}
