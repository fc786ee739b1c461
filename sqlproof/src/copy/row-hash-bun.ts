/** 64 bits of a text, as the checksum of rows adds them up. */
export function rowHash(text: string): bigint {
  return Bun.hash.wyhash(text);
}
