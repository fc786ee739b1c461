import { createHash } from "node:crypto";

/** 64 bits of a text, as the checksum of rows adds them up. Node has no faster hash of its own. */
export function rowHash(text: string): bigint {
  return createHash("sha1").update(text).digest().readBigUInt64LE(0);
}
