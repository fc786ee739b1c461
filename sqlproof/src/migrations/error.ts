/** Why a database was not migrated. */
export type MigrationErrorKind =
  /** The folder of steps is missing, empty, or wrongly numbered. */
  | "files"
  /** The database holds steps that this program does not know: it was written by a newer one. */
  | "newer-database"
  /** The file of a step that is done differs from what was done. */
  | "changed-step"
  /** The database holds something else; nothing was changed. */
  | "something-else"
  /** Another process held the lock for too long. */
  | "locked"
  /** The engine refused a statement of a step. */
  | "failed";

/** A refusal in plain words, fit to be shown to whoever started the program. */
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
