// Text search: how a text is folded (here), which text of a row is searched (`row-text.ts`), which words a search asks
// for (`words.ts`), and how rows are folded that another program has written (`unfolded.ts`).

/**
 * Letters and signs that Unicode does not take apart, or not as people type them: typed plainly, they are found as well.
 */
const plain: Readonly<Record<string, string>> = {
  a: "ª",
  ae: "æ",
  d: "đð",
  h: "ħ",
  i: "ı",
  k: "ĸ",
  l: "łŀĿ",
  n: "ŋŉ",
  o: "øº",
  oe: "œ",
  ss: "ß",
  t: "ŧ",
  th: "þ",
  "'": "’‘ʼ´\u1ffd‛′ʹ՚＇",
  '"': "“”„‟″«»",
};

const plainly: ReadonlyMap<string, string> = new Map(
  Object.entries(plain).flatMap(([typed, letters]) => Array.from(letters, (letter) => [letter, typed] as const)),
);

/**
 * Marks that are written above, below or in a letter: accents, Hebrew points, Arabic vowels, and the voiced sounds of
 * kana. The vowel signs of Indian scripts are letters of their own, and so is the iota below a Greek letter.
 */
const mark =
  /^(?=\p{M})(?!\u0345)[\p{Script=Inherited}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]$/u;
const dash = /^\p{Pd}$/u;
const space = /^\p{Zs}$/u;
/** Characters that nobody sees: the soft hyphen, joiners, variation selectors. */
const invisible = /^\p{Default_Ignorable_Code_Point}$/u;

const folds = new Map<string, string>();

/**
 * Folds a text for searching, so that `perez` finds `Pérez`, `москва` finds `Москва` and `strasse` finds `Straße`:
 * Unicode's compatibility decomposition (NFKD) and full case folding, without marks and invisible characters. Each
 * character is folded by itself, so a part of a text folds to a part of the folded text. The databases only compare the
 * results; both have them from here.
 */
export function foldSearchText(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  let folded = "";
  for (const character of text) folded += folds.get(character) ?? foldNew(character);
  return folded;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}

function foldNew(character: string): string {
  const folded = foldCharacter(character);
  folds.set(character, folded);
  return folded;
}

/** Folds until nothing changes any more, so that a folded text folds to itself. */
function foldCharacter(character: string): string {
  const next = foldOnce(character);
  return next === character ? next : Array.from(next, foldCharacter).join("");
}

function foldOnce(character: string): string {
  if (invisible.test(character) || mark.test(character)) return "";
  if (space.test(character)) return " ";
  if (dash.test(character)) return "-";
  const known = plainly.get(character);
  if (known !== undefined) return known;
  const decomposed = character.normalize("NFKD");
  if (decomposed !== character) return decomposed;
  // Both ways, since some letters have several lower or upper cases: σ and ς, ß and ẞ.
  return character.toLowerCase().toUpperCase().toLowerCase();
}
