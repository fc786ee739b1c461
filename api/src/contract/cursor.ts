import { refuseCursor } from "./query-parameters.ts";
import { absoluteUrl } from "./url.ts";

/** A part of a cursor: the sort that it belongs to, or a key value of the last row. */
export type CursorPart = string | number | null;

/** Encodes a cursor as URL-safe text. The text is neither secret nor signed, so readers must check every part. */
export function writeCursor(parts: readonly CursorPart[]): string {
  return Buffer.from(JSON.stringify(parts)).toString("base64url");
}

/** Decodes the parts of a cursor. Throws 400 `bad-query` if the text is not a cursor. */
export function readCursor(cursor: string): readonly unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // Refused below, like any text that is not a cursor.
  }
  throw refuseCursor();
}

/** The `Link` header (RFC 8288) to the next page: the URL of this request with the next cursor. */
export function nextLink(url: string, cursor: string): string {
  const next = absoluteUrl(url);
  next.searchParams.set("cursor", cursor);
  return `<${next.pathname}${next.search}>; rel="next"`;
}
