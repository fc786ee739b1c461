/**
 * A search that ignores case, accents, typographic quotes and dashes, in every script. Written from the contract: it
 * takes whole texts apart, while the product folds one character after the other.
 */
export function folded(text: string): string {
  let now = text;
  // Some letters need two steps: their capital is a ligature or has an accent.
  for (let step = 0; step < 4; step += 1) now = foldedOnce(now);
  return now;
}

/** Letters that Unicode does not decompose, and signs that look alike. */
const plain: Readonly<Record<string, string>> = {
  ...{ æ: "ae", œ: "oe", ß: "ss", þ: "th", ð: "d", đ: "d", ħ: "h", ı: "i", ĸ: "k", ł: "l", ŀ: "l", Ŀ: "l", ŉ: "n" },
  ...{
    ŋ: "n",
    ø: "o",
    ŧ: "t",
    "’": "'",
    "‘": "'",
    ʼ: "'",
    "´": "'",
    "\u1ffd": "'",
    "‛": "'",
    "′": "'",
    ʹ: "'",
    "՚": "'",
  },
  ...{ "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"', "»": '"' },
};
const marks =
  /(?!\u0345)(?=\p{M})[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]/gu;

function foldedOnce(text: string): string {
  const known = Array.from(text.replace(/\p{Default_Ignorable_Code_Point}/gu, ""), (one) => plain[one] ?? one).join("");
  const decomposed = known
    .replace(/\p{Pd}/gu, "-")
    .replace(/\p{Zs}/gu, " ")
    .normalize("NFKD")
    .replace(marks, "");
  // One by one, because the last sigma of a word has a lower case of its own.
  return Array.from(decomposed, (one) => one.toLowerCase().toUpperCase().toLowerCase()).join("");
}

const wideDigits = "０１２３４５６７８９";

/** The digits of a phone number, as those that no folded text has. */
function wide(text: string): string {
  return text.replace(/[^0-9]/g, "").replace(/[0-9]/g, (digit) => wideDigits[Number(digit)] ?? "");
}

/** The text that is searched: the parts with a space between them, empty text for an absent part; then the phones. */
export function searchText(parts: readonly unknown[], phones: readonly unknown[]): string {
  const digits = phones
    .map((phone) => (typeof phone === "string" ? wide(folded(phone)) : ""))
    .filter((one) => one !== "");
  return [folded(parts.map((part) => (typeof part === "string" ? part : "")).join(" ")), ...digits].join(" ");
}

/**
 * Whether a search finds something in one of the texts of a row, or in two of them together. White space around it is no
 * part of it.
 */
export function isFoundIn(texts: readonly string[], typed: string): boolean {
  const q = typed.trim();
  const words = folded(q)
    .split(" ")
    .filter((word) => word !== "");
  // More than five words: those from the fifth on follow each other.
  const asked =
    words.length > 5 ? [...words.slice(0, 4).map((word) => [word]), words.slice(4)] : words.map((word) => [word]);
  if (asked.every((some) => texts.some((text) => hasInOrder(text, some)))) return true;
  const digits = /^[-+()./ 0-9]+$/.test(folded(q)) ? wide(folded(q)) : "";
  return digits.length >= 4 && texts.some((text) => text.includes(digits));
}

function hasInOrder(text: string, words: readonly string[]): boolean {
  let from = 0;
  for (const word of words) {
    const at = text.indexOf(word, from);
    if (at < 0) return false;
    from = at + word.length;
  }
  return true;
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
