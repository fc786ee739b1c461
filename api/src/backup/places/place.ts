/** A backup as a place lists it. */
export interface StoredBackup {
  readonly name: string;
  /** In bytes, compressed. */
  readonly size: number;
}

/** Where backups are: a folder, or a bucket of an S3-compatible store. */
export interface BackupPlace {
  /** For messages; without secrets. */
  readonly description: string;
  /**
   * Stores a backup under this name once all its bytes are there: before, nobody sees it. Throws `NameTakenError` if
   * there is one of this name. Resolves with the bytes written.
   */
  write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** The backups that are there, by name. Other files are left out. */
  list(): Promise<readonly StoredBackup[]>;
  /** The bytes of a backup. */
  read(name: string): AsyncIterable<Uint8Array>;
  remove(name: string): Promise<void>;
}

/** There is a backup of this name already. */
export class NameTakenError extends Error {
  override readonly name = "NameTakenError";
}
