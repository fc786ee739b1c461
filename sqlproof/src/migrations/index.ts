// Numbered migrations for MariaDB and SQLite: recorded, locked, and safe to run again after a kill at any point.
// `plan` decides what to run, `mariadb` and `sqlite` run it, and `files` and `split` read the steps.
export { MigrationError, type MigrationErrorKind } from "./error.ts";
export { type MigrationStep, readMigrations } from "./files.ts";
export { createdTables, createMariadbDatabase, type MariadbMigrationOptions, migrateMariadb } from "./mariadb.ts";
export type { MigrationOptions, MigrationOutcome, MigrationProgress, RecordedStep } from "./plan.ts";
export { pendingSteps } from "./plan.ts";
export { type SplitStatement, splitStatements } from "./split.ts";
export { migrateSqlite, type SqliteMigrationOptions } from "./sqlite.ts";
