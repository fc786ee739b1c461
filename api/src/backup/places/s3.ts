import { S3Client } from "bun";
import { BackupError } from "../error.ts";
import { takenAtOf } from "./names.ts";
import { type BackupPlace, NameTakenError, type StoredBackup } from "./place.ts";

const partSize = 8 * 1024 * 1024;
/** The store answers at most so many names at a time. */
const namesPerAnswer = 1000;

/**
 * Backups in a bucket. Where the store is and who may write there comes from the environment, as for other programs:
 * S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY, or the same names with AWS_.
 */
export class S3Place implements BackupPlace {
  readonly description: string;
  readonly #client: S3Client;
  readonly #folder: string;

  /** `BUCKET` or `BUCKET/FOLDER`. */
  constructor(path: string) {
    const [bucket = "", ...folders] = path.split("/").filter((part) => part !== "");
    if (bucket === "") throw new BackupError("The name of the bucket is missing: write s3://BUCKET/FOLDER.");
    this.#client = new S3Client({ bucket, ...storeIn(process.env) });
    this.#folder = folders.map((folder) => `${folder}/`).join("");
    this.description = `s3://${bucket}/${this.#folder}`;
  }

  /** A backup of more than one part is there only when its last part is. */
  async write(name: string, bytes: AsyncIterable<Uint8Array>): Promise<number> {
    return this.#asked(async () => {
      if (await this.#client.exists(this.#folder + name)) throw new NameTakenError(name);
      const writer = this.#client.file(this.#folder + name).writer({ partSize, queueSize: 2, retry: 3 });
      let size = 0;
      // If the stream breaks off, the end is never asked for, and the store shows nothing of the parts.
      for await (const chunk of bytes) {
        // The writer reads the bytes later, when the stream may have used them again.
        writer.write(Uint8Array.from(chunk));
        size += chunk.byteLength;
        await writer.flush();
      }
      await writer.end();
      return size;
    });
  }

  async list(): Promise<readonly StoredBackup[]> {
    return this.#asked(async () => {
      const found: StoredBackup[] = [];
      let startAfter: string | undefined;
      for (;;) {
        const answer = await this.#client.list({
          ...{ prefix: `${this.#folder}northwind-`, maxKeys: namesPerAnswer },
          ...(startAfter === undefined ? {} : { startAfter }),
        });
        for (const { key, size = 0 } of answer.contents ?? []) {
          const name = key.slice(this.#folder.length);
          if (takenAtOf(name) !== null) found.push({ name, size });
        }
        startAfter = answer.contents?.at(-1)?.key;
        if (answer.isTruncated !== true || startAfter === undefined) return found;
      }
    });
  }

  async *read(name: string): AsyncIterable<Uint8Array> {
    try {
      yield* this.#client.file(this.#folder + name).stream();
    } catch (error) {
      throw this.#refused(error);
    }
  }

  async remove(name: string): Promise<void> {
    await this.#asked(() => this.#client.delete(this.#folder + name));
  }

  async #asked<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#refused(error);
    }
  }

  /** What the store says, as words for the operator. */
  #refused(error: unknown): unknown {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "ERR_S3_MISSING_CREDENTIALS")
      return new BackupError("Set S3_ENDPOINT, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY in the environment.");
    if (!(error instanceof Error) || error.name !== "S3Error") return error;
    return new BackupError(`${this.description} refused (${code}): ${error.message}`);
  }
}

/** Bun itself reads these variables once, when the process starts, and a region only from AWS_REGION. */
function storeIn(environment: Readonly<Record<string, string | undefined>>) {
  const value = (name: string) => environment[`S3_${name}`] || environment[`AWS_${name}`];
  const options = {
    endpoint: value("ENDPOINT"),
    region: value("REGION"),
    accessKeyId: value("ACCESS_KEY_ID"),
    secretAccessKey: value("SECRET_ACCESS_KEY"),
    sessionToken: value("SESSION_TOKEN"),
  };
  return Object.fromEntries(Object.entries(options).filter(([, text]) => text !== undefined));
}
