import { isSymbol, isWord } from "../../../sqlproof/src/check/parse/tokenize.ts";
import { type Mutation, mutation, place, replacing, words } from "../mutation.ts";
import { endOf, isOneOf, type Range, split, type Text } from "../text.ts";

const ends = [
  ...["GROUP", "ORDER", "LIMIT", "HAVING", "UNION", "INTERSECT", "EXCEPT", "JOIN", "LEFT", "INNER", "CROSS", "WHERE"],
  ...["RETURNING", "FOR", "LOCK", "THEN"],
];

/** A term dropped from a condition, an AND that became an OR, and the reverse. */
export function conditions(text: Text): Mutation[] {
  return starts(text).flatMap((start) => ofRegion(text, start));
}

/** Where a condition begins: behind its keyword, or inside parentheses that hold AND or OR. */
function starts({ tokens }: Text): number[] {
  return tokens.flatMap((token, index) => {
    const isCondition =
      isOneOf(token, ["WHERE", "HAVING", "WHEN"]) || (isWord(token, "ON") && !isWord(tokens[index + 1], "CONFLICT"));
    const opens =
      isSymbol(token, "(") && isOneOf(tokens[index - 1], ["WHERE", "ON", "HAVING", "WHEN", "AND", "OR", "NOT"]);
    const nested = isSymbol(token, "(") && isSymbol(tokens[index - 1], "(");
    return isCondition || ((opens || nested) && !isWord(tokens[index + 1], "SELECT")) ? [index + 1] : [];
  });
}

function ofRegion(text: Text, start: number): Mutation[] {
  const { tokens, depths } = text;
  const end = endOf(text, start, (token) => isOneOf(token, ends) || isSymbol(token, ","));
  const branches = split(text, start, end, (index) => isWord(tokens[index], "OR"));
  const terms = branches.map(({ from, to }) => split(text, from, to, (index) => joins(text, index)));
  const found = branches.length > 1 ? branches.map((_, index) => withoutPart(text, branches, index)) : [];
  for (const conjuncts of terms)
    if (conjuncts.length > 1) found.push(...conjuncts.map((_, index) => withoutPart(text, conjuncts, index)));
  if (branches.length === 1 && terms[0]?.length === 1) found.push(...withoutAll(text, start, end));
  for (let index = start; index < end; index += 1) {
    if (depths[index] !== depths[start]) continue;
    const at = { from: index, to: index + 1 };
    if (isWord(tokens[index], "OR")) found.push(replacing(text, "connective", at, "AND"));
    else if (joins(text, index)) found.push(replacing(text, "connective", at, "OR"));
  }
  return found;
}

/** An AND that is not the second half of a BETWEEN. */
function joins({ tokens, depths }: Text, index: number): boolean {
  if (!isWord(tokens[index], "AND")) return false;
  for (let before = index - 1; before >= 0; before -= 1) {
    if (depths[before] !== depths[index]) continue;
    if (isWord(tokens[before], "BETWEEN")) return false;
    if (isOneOf(tokens[before], ["AND", "OR", "WHERE", "ON", "HAVING"])) return true;
  }
  return true;
}

/** The same without one part and the word that joined it. */
function withoutPart(text: Text, parts: readonly Range[], index: number): Mutation {
  const part = parts[index] ?? { from: 0, to: 1 };
  const [before, after] = [parts[index - 1], parts[index + 1]];
  const own = place(text, part);
  const edit =
    after === undefined
      ? { from: before === undefined ? own.from : place(text, before).to, to: own.to, text: "" }
      : { from: own.from, to: place(text, after).from, text: "" };
  return mutation(text, "condition", `${words(text, part)} dropped`, [edit]);
}

/** A condition of one term, dropped with its keyword; a join keeps its ON. */
function withoutAll(text: Text, start: number, end: number): Mutation[] {
  const keyword = text.tokens[start - 1];
  if (!isOneOf(keyword, ["WHERE", "HAVING", "ON"]) || keyword === undefined || end <= start) return [];
  const { from, to } = place(text, { from: start, to: end });
  const what = `${keyword.text} ${words(text, { from: start, to: end })} dropped`;
  if (isWord(keyword, "ON")) return [mutation(text, "condition", what, [{ from, to, text: "0 = 0" }])];
  return [mutation(text, "condition", what, [{ from: keyword.offset, to, text: "" }])];
}
