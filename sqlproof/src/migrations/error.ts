/** Why a database was not migrated. */
export type MigrationErrorKind =
  /** The folder of migrations is missing, empty or numbered wrongly. */
  | "files"
  /** The database records steps that this program does not know: a newer program wrote it. */
  | "newer-database"
  /** The file of a finished step has changed since it ran. */
  | "changed-step"
  /** The database belongs to something else; nothing was changed. */
  | "something-else"
  /** The database was being filled with copied rows, and is not complete. */
  | "unfinished"
  /** The database is being moved to another place, or was. */
  | "moved"
  /** Another process held the lock for too long. */
  | "locked"
  /** A statement of a step failed. */
  | "failed";

/** An error whose message may be shown as it is to whoever started the program. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
  constructor(
    readonly kind: MigrationErrorKind,
    message: string,
    options: { readonly cause?: unknown } = {},
  ) {
    super(message, options);
  }
}
