import { refuseCursor } from "./query-parameters.ts";
import { absoluteUrl } from "./url.ts";

/** What a cursor may hold: the sort it belongs to and the key of the last row. */
export type CursorPart = string | number | null;

/** An opaque text for a URL. It is no secret and no proof: whoever reads it back checks every part. */
export function writeCursor(parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** The parts of a cursor, or 400 `bad-query`. */
export function readCursor(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // Refused below, like everything that is no cursor.
  }
  throw refuseCursor();
}

/** The `Link` header of RFC 8288 to the next page: this request's URL with another cursor. */
export function nextLink(url: string, cursor: string): string {
  const next = absoluteUrl(url);
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
