import { createReadStream } from "node:fs";
import { link, mkdir, open, readdir, stat, unlink } from "node:fs/promises";
import { join, resolve } from "node:path";
import { BackupError } from "../error.ts";
import { takenAtOf } from "./names.ts";
import { type BackupPlace, NameTakenError, type StoredBackup } from "./place.ts";

/** The end of the name of a file whose backup is under way. */
const partial = ".partial";
/** A backup writes all the time. A partial file that rests for so long was left by one that was killed. */
const abandonedMs = 10 * 60_000;

/** Backups in a folder, readable for their owner alone. */
export class FolderPlace implements BackupPlace {
  readonly #folder: string;

  constructor(path: string, home: string) {
    this.#folder = resolve(home, path);
  }

  get description(): string {
    return this.#folder;
  }

  async write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    const [begun, finished] = [join(this.#folder, name + partial), join(this.#folder, name)];
    await this.#make();
    try {
      await this.#removeAbandoned();
      const size = await written(begun, bytes);
      // Unlike a rename, a link fails if the name is taken.
      await link(begun, finished);
      await unlink(begun);
      await synced(this.#folder);
      return size;
    } catch (error) {
      const code = codeOf(error);
      if (!(error instanceof NameTakenError)) await unlink(begun).catch(() => undefined);
      if (code === "EEXIST") throw new NameTakenError(name);
      if (code === "ENOSPC" || code === "EDQUOT")
        throw new BackupError(`The disk of ${this.#folder} is full. The backup was given up, and its file removed.`);
      throw code === null ? error : this.#unusable(code);
    }
  }

  async #make(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
      throw this.#unusable(codeOf(error) ?? String(error));
    });
  }

  #unusable(code: string): BackupError {
    return new BackupError(`${this.#folder} cannot be used for backups (${code}): choose another folder.`);
  }

  async list(): Promise<readonly StoredBackup[]> {
    const entries = await readdir(this.#folder, { withFileTypes: true }).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return [];
      throw this.#unusable(codeOf(error) ?? String(error));
    });
    const files = entries.filter((entry) => entry.isFile() || entry.isSymbolicLink());
    const backups = files.map(({ name }) => name).filter((name) => takenAtOf(name) !== null);
    return Promise.all(backups.map(async (name) => ({ name, size: (await stat(join(this.#folder, name))).size })));
  }

  read(name: string): AsyncIterable<Uint8Array> {
    return createReadStream(join(this.#folder, name), { highWaterMark: 1 << 18 });
  }

  async remove(name: string): Promise<void> {
    await unlink(join(this.#folder, name));
  }

  async #removeAbandoned(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (!name.endsWith(partial) || takenAtOf(name.slice(0, -partial.length)) === null) continue;
      const path = join(this.#folder, name);
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > abandonedMs) await unlink(path);
    }
  }
}

/** Writes a new file to the disk; its length in bytes. */
async function written(path: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const file = await open(path, "wx", 0o600).catch((error: unknown) => {
    // Another process takes one at the same second.
    throw codeOf(error) === "EEXIST" ? new NameTakenError(path) : error;
  });
  try {
    let size = 0;
    for await (const chunk of bytes) {
      await file.writeFile(chunk);
      size += chunk.byteLength;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** Waits until the names in a folder are on the disk. */
async function synced(folder: string): Promise<void> {
  const file = await open(folder, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string | null {
  return error instanceof Error && "code" in error ? String(error.code) : null;
}
