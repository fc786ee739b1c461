import { BackupError } from "./error.ts";

// The last bytes of a backup are the SHA-256 of all compressed bytes before them, in a frame that every program for
// Zstandard skips. Without it, a changed byte that unpacks to the same rows would not be found, nor would a missing one
// at the very end: the copy would have begun to decay, and nobody would know.

/** A frame to be skipped: its mark, and the length of its content. */
const frame = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 32, 0, 0, 0]);
const sealLength = frame.length + 32;

/** The bytes, and then their seal. */
export async function* sealed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = new Bun.CryptoHasher("sha256");
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  yield Buffer.concat([frame, hash.digest()]);
}

/** The bytes before the seal. Throws `BackupError` at their end unless they are what was sealed. */
export async function* unsealed(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = new Bun.CryptoHasher("sha256");
  let last = Buffer.alloc(0);
  for await (const chunk of bytes) {
    const both = Buffer.concat([last, chunk]);
    const length = Math.max(0, both.length - sealLength);
    const before = both.subarray(0, length);
    last = both.subarray(length);
    hash.update(before);
    if (before.length > 0) yield before;
  }
  if (last.length < sealLength) throw new BackupError("This is not a backup, or most of it is missing.");
  if (!last.equals(Buffer.concat([frame, hash.digest()])))
    throw new BackupError("The backup is damaged: its bytes are not those that were written. Use another one.");
}
