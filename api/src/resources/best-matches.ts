import { askedBy } from "northwind-schema/search-words";
import { searchPatterns, wordPattern } from "../contract/text.ts";
import type { PageKey, PageParams } from "./page-conditions.ts";

/** Reads the keys of a list from a place on. */
type ReadKeys = (sort: "id" | "name", params: PageParams & { readonly name: string }) => Promise<readonly PageKey[]>;

/** Up to so many matches are all read and ranked. Of more, the best are looked for in the order of the names. */
const mostRanked = 200;

/**
 * The best matches of a search, the best first: what was typed is the first field of the row (a code, a company), the
 * first field begins with it, it stands in the row as whole words, a word begins with it, its words are in the row.
 */
export async function bestMatches(read: ReadKeys, q: string, limit: number): Promise<readonly PageKey[]> {
  const patterns = searchPatterns(q);
  const found = [...(await read("id", { ...patterns, id: 0, name: "", rows: mostRanked + 1 }))];
  const phrase = askedBy(q).words.join(" ");
  if (found.length > mostRanked) {
    const begin = { ...patterns, id: 0, name: "", rows: limit };
    const withPhrase = { ...searchPatterns(null), id: 0, name: "", rows: limit };
    found.push(
      ...(await read("name", { ...begin, name: phrase })),
      ...(await read("name", { ...withPhrase, word1: wordPattern(` ${phrase} `) })),
      ...(await read("name", { ...withPhrase, word1: wordPattern(` ${phrase}`) })),
    );
  }
  const ranked = new Map(found.map((key) => [key.id, { key, rank: rankOf(key.search_text.trimStart(), phrase) }]));
  return [...ranked.values()]
    .sort((a, b) => a.rank - b.rank || compareTexts(a.key.search_text, b.key.search_text) || a.key.id - b.key.id)
    .slice(0, limit)
    .map(({ key }) => key);
}

function rankOf(text: string, phrase: string): number {
  const spaced = ` ${text} `;
  if (spaced.startsWith(` ${phrase} `)) return 0;
  if (text.startsWith(phrase)) return 1;
  if (spaced.includes(` ${phrase} `)) return 2;
  return spaced.includes(` ${phrase}`) ? 3 : 4;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
