import type { Typed } from "../schema/model.ts";
import type { Draft } from "./scope.ts";

const wholes = [
  ...["0", "1", "1", "2", "3", "5", "7", "10", "100", "-1", "-3", "127", "128", "255", "300", "32767", "32768"],
  ...["2147483647", "2147483648", "-2147483648", "-2147483649", "4294967295", "9007199254740991"],
] as const;

const texts = [
  ...["Ann", "ann", "ANN", "Ann ", "Bob", "Seattle", "north", "x", "", " ", "10", "2", "1.0", "1e3", "-1", "0"],
  ...["Émile", "émile", "Straße", "ß", "日本", "smile 🙂", "100%", "a_b", "a!b", "O''Neil", "back\\slash", "z", "~"],
  ...["null", "2024-01-15", "a text that is longer than most of the columns"],
] as const;

const dates = ["2024-01-15", "2023-06-30", "2024-02-29", "1970-01-01", "9999-12-31", "2025-03-01"] as const;
const times = ["2024-01-15 09:30:00", "2023-06-30 00:00:00", "2024-02-29 12:00:00", "1999-12-31 23:59:59"] as const;

/** A literal of the type as both engines should take it. */
export function literal(draft: Draft, typed: Typed): string {
  const { random } = draft;
  switch (typed.type) {
    case "integer":
    case "bigint":
      return random.chance(0.8) ? String(random.between(0, 9)) : random.pick(wholes);
    case "decimal":
      return random.chance(0.3) ? "0" : decimalLiteral(draft, typed.scale);
    case "double":
      return random.pick(["0", "1", "2.5", "0.1", "1e2", "1.5e0"]);
    case "boolean":
      return random.pick(["TRUE", "FALSE"]);
    case "text":
      return `'${random.pick(texts)}'`;
    case "datetime":
      return `'${random.pick(times)}'`;
    case "date":
      return `'${random.pick(dates)}'`;
    case "blob":
      return random.pick(["x'41'", "x''", "x'00ff'"]);
  }
}

function decimalLiteral({ random }: Draft, scale: number): string {
  const whole = random.pick(["0", "1", "2", "10", "999"]);
  return scale === 0 ? whole : `${whole}.${"5".padEnd(random.chance(0.2) ? 1 : scale, "0")}`;
}

/** A literal that is in some way odd where this type belongs. */
export function oddLiteral(draft: Draft, typed: Typed): string {
  const { random } = draft;
  const anywhere = ["NULL", "0x41", "x'41'", "1", "0", "'1'", "'abc'", "1.5", "1e1", "TRUE", "-1", "''", "'10'", "2"];
  const dated = ["'2024-02-31'", "'2024-1-5'", "'2024-01-15'", "'2024-01-15 10:30:00'", "'2024-01-15T10:30:00'"];
  const odd = ["'0000-00-00'", "'2024-01-15 25:00:00'", "'2024-01-15 10:30:00.5'", "20240115"];
  switch (typed.type) {
    case "decimal":
      return random.pick([...anywhere, "1.005", "0.5", "12345678901.00", "1.0", "100"]);
    case "datetime":
    case "date":
      return random.pick([...anywhere, ...dated, ...odd]);
    case "integer":
    case "bigint":
      return random.pick([...anywhere, "300", "99999999999", "9223372036854775807", "9223372036854775808", "- 5"]);
    default:
      return random.pick(anywhere);
  }
}

/** `::type` as it is written behind a parameter. */
export function stated(typed: Typed): string {
  switch (typed.type) {
    case "decimal":
      return `::decimal(${typed.scale})`;
    default:
      return `::${typed.type}`;
  }
}
