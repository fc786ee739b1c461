/**
 * The folding behind every text search: lower case, without diacritics, so that `perez` finds `Pérez` and `O'Donnell`
 * finds `O’Donnell`. Both engines fold by this one explicit table (see `fold-sql.ts`), because their own rules for
 * upper case and for equal letters differ. A character that is not in the table stays as it is.
 *
 * The table is part of released migrations: changing it needs a new migration that rebuilds the columns.
 */
const foldedLetters: Readonly<Record<string, string>> = {
  a: "ÀÁÂÃÄÅĀĂĄǍàáâãäåāăąǎª",
  ae: "ÆǼæǽ",
  c: "ÇĆĈĊČçćĉċč",
  d: "ĎĐÐďđð",
  e: "ÈÉÊËĒĔĖĘĚẼèéêëēĕėęěẽ",
  g: "ĜĞĠĢǦĝğġģǧ",
  h: "ĤĦĥħ",
  i: "ÌÍÎÏĨĪĬĮİǏìíîïĩīĭįıǐ",
  ij: "Ĳĳ",
  j: "Ĵĵ",
  k: "ĶǨķǩĸ",
  l: "ĹĻĽĿŁĺļľŀł",
  n: "ÑŃŅŇŊñńņňŋŉ",
  o: "ÒÓÔÕÖØŌŎŐǑǾòóôõöøōŏőǒǿº",
  oe: "Œœ",
  r: "ŔŖŘŕŗř",
  s: "ŚŜŞŠȘśŝşšșſ",
  ss: "ßẞ",
  t: "ŢŤŦȚţťŧț",
  th: "Þþ",
  u: "ÙÚÛÜŨŪŬŮŰŲǓùúûüũūŭůűųǔ",
  w: "ŴẀẂẄŵẁẃẅ",
  y: "ÝŶŸỲýŷÿỳ",
  z: "ŹŻŽźżž",
  "'": "’‘ʼ´",
  '"': "“”„",
  "-": "‐‑‒–—",
  // No-break spaces.
  " ": "\u00a0\u202f",
  // Combining marks: grave, acute, circumflex, tilde, macron, breve, dot, diaeresis, ring, double acute, caron,
  // comma below, cedilla, ogonek. A letter and its mark may be separate characters.
  "": "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0326\u0327\u0328",
};

/** Every folded character and its replacement; no replacement contains a character that is folded itself. */
export const foldTable: readonly (readonly [letter: string, folded: string])[] = [
  ...Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (letter) => [letter, letter.toLowerCase()] as const),
  ...Object.entries(foldedLetters).flatMap(([folded, letters]) =>
    Array.from(letters, (letter) => [letter, folded] as const),
  ),
];

const folds: ReadonlyMap<string, string> = new Map(foldTable);

/** Folds text exactly like the `search_text` columns. */
export function foldSearchText(text: string): string {
  let folded = "";
  for (const character of text) folded += folds.get(character) ?? character;
  return folded;
}
