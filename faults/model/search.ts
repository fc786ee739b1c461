/**
 * A search that ignores case, accents, typographic quotes and dashes. Written from the contract by means of Unicode's
 * decomposition, while the product has one explicit table.
 */
export function folded(text: string): string {
  return Array.from(text, foldedCharacter).join("");
}

/** Latin letters that Unicode does not decompose. */
const specialLetters: Readonly<Record<string, string>> = {
  ...{ æ: "ae", ǽ: "ae", œ: "oe", ß: "ss", þ: "th", ð: "d", đ: "d", ħ: "h", ı: "i", ĳ: "ij", ĸ: "k", ł: "l", ŀ: "l" },
  ...{ ŉ: "n", ŋ: "n", ø: "o", ǿ: "o", ſ: "s", ª: "a", º: "o" },
};
const typography: Readonly<Record<string, string>> = {
  ...{ "’": "'", "‘": "'", ʼ: "'", "´": "'", "“": '"', "”": '"', "„": '"' },
  ...{ "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " " },
};
/** The combining marks of European spelling. */
const marks = /^[\u0300-\u0304\u0306-\u0308\u030a-\u030c\u0326-\u0328]$/u;
/** Latin-1, Latin Extended-A and the few letters beyond them that European languages write. */
const europeanLetter = /^[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017fǍ-ǔǦ-ǩǼ-ǿȘ-țẀ-ẅẼẽẞỲỳ]$/u;

function foldedCharacter(character: string): string {
  if (marks.test(character)) return "";
  const sign = typography[character];
  if (sign !== undefined) return sign;
  if (!europeanLetter.test(character)) return character;
  // The lower case of İ is two characters, that of ẞ a different letter: handled first.
  const small = character === "ẞ" ? "ß" : character === "İ" ? "i" : character.toLowerCase();
  return specialLetters[small] ?? small.normalize("NFD").replace(/\p{M}/gu, "");
}

/** The text that is searched: the parts with a space between them, empty text for an absent part. */
export function searchText(parts: readonly unknown[]): string {
  return folded(parts.map((part) => (typeof part === "string" ? part : "")).join(" "));
}

/** Compares by code points, which is also the order of UTF-8 bytes. JavaScript compares UTF-16 units. */
export function compareText(a: string, b: string): number {
  const [first, second] = [[...a], [...b]];
  for (const [index, character] of first.entries()) {
    const other = second[index];
    if (other === undefined) return 1;
    const difference = (character.codePointAt(0) ?? 0) - (other.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}
