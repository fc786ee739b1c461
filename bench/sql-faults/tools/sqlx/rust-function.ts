import type { ValueType } from "../../../../sqlproof/src/runtime/proof.ts";
import type { Engine } from "../../../../sqlproof/src/runtime/types.ts";
import type { Subject, UseFault, WrongRead } from "../../corpus/fault.ts";
import { bound } from "../prepare.ts";

/** The Rust types that SQLx gives the columns of a correct query, by name. */
export type RowTypes = ReadonlyMap<string, string>;

/** What a function is made of. */
export interface FunctionParts {
  readonly name: string;
  readonly subject: Subject;
  readonly engine: Engine;
  /** The macro's first argument. */
  readonly literal: string;
  readonly use: UseFault | null;
  /** Null to let the compiler say which types they are. */
  readonly types: RowTypes | null;
}

/** A text as a raw literal of Rust, with its lines. */
export function rustLiteral(sql: string): string {
  return `r##"${sql}"##`;
}

/** What every crate begins with. */
export const prelude = `#![allow(warnings)]
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use rust_decimal::Decimal;
fn show<T>(_: &T) {}
fn name() -> String { String::new() }
trait Required {}
trait Text {}
trait Number {}
trait Truth {}
impl Required for i8 {} impl Required for i16 {} impl Required for i32 {} impl Required for i64 {}
impl Required for u8 {} impl Required for u16 {} impl Required for u32 {} impl Required for u64 {}
impl Required for f32 {} impl Required for f64 {} impl Required for bool {} impl Required for String {}
impl Required for Vec<u8> {} impl Required for Decimal {} impl Required for NaiveDate {}
impl Required for NaiveDateTime {} impl Required for DateTime<Utc> {}
impl Text for String {} impl<T: Text> Text for Option<T> {}
impl Truth for bool {} impl<T: Truth> Truth for Option<T> {}
impl Number for i8 {} impl Number for i16 {} impl Number for i32 {} impl Number for i64 {}
impl Number for u8 {} impl Number for u16 {} impl Number for u32 {} impl Number for u64 {}
impl Number for f32 {} impl Number for f64 {} impl<T: Number> Number for Option<T> {}
fn required<T: Required>(_: &T) {}
fn text<T: Text>(_: &T) {}
fn number<T: Number>(_: &T) {}
fn truth<T: Truth>(_: &T) {}
`;

/** The function of one query, with a use of every parameter and column, each on its line. */
export function rustFunction({ name, subject, engine, literal, use, types }: FunctionParts): string {
  const { parameters, columns } = subject.proof;
  const values = bound(subject, use, engine).map((expression) => `        ${rustValue(expression)},`);
  const database = engine === "mariadb" ? "sqlx::MySqlConnection" : "sqlx::SqliteConnection";
  const given = parameters.map(({ name: parameter, type, nullable }) => {
    const one = parameterTypes[engine][type];
    return `p_${parameter}: ${nullable ? `Option<${one}>` : one}`;
  });
  const call = [`    let rows = sqlx::query!(`, `        ${literal},`, ...values];
  const end = columns.length === 0 ? "    ).execute(&mut *db).await?;" : "    ).fetch_all(&mut *db).await?;";
  return [
    `pub async fn ${name}(${[`db: &mut ${database}`, ...given].join(", ")}) -> Result<(), sqlx::Error> {`,
    ...call,
    end,
    ...reads(subject, use, types).map((line) => `    ${line}`),
    "    Ok(())",
    "}",
    "",
  ].join("\n");
}

function reads(subject: Subject, use: UseFault | null, types: RowTypes | null): string[] {
  const { columns } = subject.proof;
  if (use?.kind === "missing-row") return [`show(&rows.first().${fieldOf(use.column)});`];
  if (columns.length === 0) return [];
  const lines = columns.map(({ name }) => {
    const field = `row.${fieldOf(name)}`;
    if (use?.kind === "read" && use.column === name) return wrongRead(field, use.as);
    return types === null ? `let _: () = ${field}.clone();` : `show::<${types.get(name) ?? "_"}>(&${field});`;
  });
  return ["for row in rows.iter() {", ...lines.map((line) => `    ${line}`), "}"];
}

function wrongRead(field: string, as: WrongRead): string {
  switch (as) {
    case "missing":
      return `show(&${field}_);`;
    case "non-null":
      return `required(&${field});`;
    case "product":
      return `show(&(${field}.clone() * 2));`;
    case "text":
    case "number":
    case "truth":
      return `${as}(&${field});`;
  }
}

const keywords = new Set([
  "type",
  "ref",
  "match",
  "move",
  "use",
  "where",
  "in",
  "for",
  "as",
  "fn",
  "mod",
  "pub",
  "box",
]);

/** SQLx reads \`"name!"\` and \`"name?"\` as sqlproof does: the mark is not part of the name. */
function fieldOf(column: string): string {
  const plain = column.replace(/[!?].*$/, "");
  return keywords.has(plain) ? `r#${plain}` : plain;
}

/** A value of the corpus, which is written as TypeScript, in Rust. */
function rustValue(expression: string): string {
  if (expression === "null") return "None::<i64>";
  if (expression === "{}") return "()";
  const [, list, parameter, closed] = /^(\[)?p\.(\w+)(\])?$/.exec(expression) ?? [];
  if (parameter === undefined) return expression;
  return list !== undefined && closed !== undefined ? `vec![p_${parameter}.clone()]` : `p_${parameter}`;
}

const common = {
  ...{ integer: "i64", bigint: "i64", double: "f64", boolean: "bool", text: "String", blob: "Vec<u8>" },
  ...{ datetime: "NaiveDateTime", date: "NaiveDate" },
};

/** SQLx has no decimals for SQLite; the amounts are whole units there. */
const parameterTypes: Readonly<Record<Engine, Readonly<Record<ValueType, string>>>> = {
  mariadb: { ...common, decimal: "Decimal" },
  sqlite: { ...common, decimal: "i64" },
};
