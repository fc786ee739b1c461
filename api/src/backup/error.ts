/** A backup could not be taken or used. The message may be shown as it is to the operator. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}
