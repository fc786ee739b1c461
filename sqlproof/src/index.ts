// What a program imports from sqlproof: `createSql` for its queries, `openSqlite` for an embedded database, and types.
// MariaDB, migrations and the rest have their own entry points, so that a program loads only what it uses.
export { formatUnits, scaledInteger } from "./runtime/amounts.ts";
export { DecodeError } from "./runtime/codec/decode.ts";
export { ParameterError } from "./runtime/codec/encode.ts";
export { DatabaseError, type DatabaseErrorKind, RowCountError } from "./runtime/errors.ts";
export type { DatabaseLoad, DatabaseSize } from "./runtime/load.ts";
export type { ObservedStatement, StatementObserver } from "./runtime/observed.ts";
export type { Proof } from "./runtime/proof.ts";
export { createSql, parametersOf, type Sql } from "./runtime/query.ts";
export { openSqlite, type SqliteOptions } from "./runtime/sqlite/open.ts";
export type {
  CalendarDate,
  Database,
  DateTime,
  Decimal,
  Engine,
  Exact,
  ParamsArgument,
  Query,
  Queryable,
  RowOf,
  RunResult,
  Transaction,
  WithoutRows,
  WithRows,
} from "./runtime/types.ts";
export { calendarDate, dateTime, decimal, isCalendarDate, isDateTime } from "./runtime/values.ts";
export { UnsafeDatabaseError } from "./self-check/unsafe.ts";
