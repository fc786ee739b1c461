// Copies of a whole database in a form that both engines read: a snapshot of one, and a loader for a new one.
// `cells.ts` has the form of the rows; `sqlite-*` and `mariadb-*` are the engines.
export { type CellRow, type CopiedColumn, type CopiedTable, CopyError, keyOf } from "./cells.ts";
export type { DatabasePlace, Loader, LoadOptions, Snapshot } from "./copied-database.ts";
export { type Receiver, RowSum, receivers, storedSum } from "./copy-rows.ts";
export { type ExpectedSchema, expectedSchema } from "./expected-schema.ts";
export { openLoader, openSnapshot, pagesOf } from "./open.ts";
