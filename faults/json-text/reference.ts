import type { Json } from "../model/company.ts";

/**
 * The value of a body by RFC 8259 and the limits of the contract, or null for a malformed body. Plain and slow:
 * JavaScript decides whether the text is JSON; the limits that it does not know are checked in the text itself.
 */
export function meaningOf(bytes: Uint8Array): { readonly value: Json } | null {
  const text = decoded(bytes);
  if (text === null || text.startsWith("\ufeff")) return null;
  try {
    const value: Json = JSON.parse(text);
    return isWithinLimits(text) ? { value } : null;
  } catch {
    // No JSON text.
    return null;
  }
}

const mostDepth = 16;
const mostKeys = 200;

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // No UTF-8.
    return null;
  }
}

/** Checks the depth, and the number and uniqueness of keys in an object. The text must be JSON. */
function isWithinLimits(text: string): boolean {
  const open: Set<string>[] = [];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/gs)) {
    if (token === "{" || token === "[") open.push(new Set());
    else if (token === "}" || token === "]") open.pop();
    else if (/^\s*:/.test(text.slice(index + token.length, index + token.length + 1000))) {
      const key: string = JSON.parse(token);
      const keys = open.at(-1);
      if (keys?.has(key) || keys?.size === mostKeys) return false;
      keys?.add(key);
    }
    if (open.length > mostDepth) return false;
  }
  return true;
}
