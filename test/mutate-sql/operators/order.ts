import { isSymbol, isWord } from "../../../sqlproof/src/check/parse/tokenize.ts";
import { type Mutation, mutation, place, replacing, words } from "../mutation.ts";
import { endOf, isOneOf, type Range, split, type Text } from "../text.ts";

const ends = ["LIMIT", "FOR", "LOCK", "UNION", "RETURNING", "ROWS", "RANGE", "ORDER", "HAVING"];

/** A sort key dropped, or its direction turned; a tie-break is the last key. */
export function orders(text: Text): Mutation[] {
  return listsAfter(text, "ORDER").flatMap((keys) => [
    ...droppedParts(text, "order", keys),
    ...keys.map((key) => turned(text, key)),
  ]);
}

/** A key dropped from GROUP BY or PARTITION BY. */
export function groups(text: Text): Mutation[] {
  return [...listsAfter(text, "GROUP"), ...listsAfter(text, "PARTITION")].flatMap((keys) =>
    keys.length > 1 ? droppedParts(text, "group", keys) : [],
  );
}

function listsAfter(text: Text, word: string): Range[][] {
  return text.tokens.flatMap((token, index) => {
    if (!isWord(token, word) || !isWord(text.tokens[index + 1], "BY")) return [];
    const end = endOf(text, index + 2, (next) => isOneOf(next, ends));
    return [split(text, index + 2, end, (at) => isSymbol(text.tokens[at], ","))];
  });
}

function droppedParts(text: Text, operator: string, parts: readonly Range[]): Mutation[] {
  return parts.map((part, index) => {
    const [before, after, own] = [parts[index - 1], parts[index + 1], place(text, part)];
    const from = after === undefined && before !== undefined ? place(text, before).to : own.from;
    const to = after === undefined ? own.to : place(text, after).from;
    // The only key goes with its ORDER BY.
    const start = before === undefined && after === undefined ? (text.tokens[part.from - 2]?.offset ?? from) : from;
    return mutation(text, operator, `${operator} by ${words(text, part)} dropped`, [{ from: start, to, text: "" }]);
  });
}

function turned(text: Text, key: Range): Mutation {
  const last = text.tokens[key.to - 1];
  const at = { from: key.to - 1, to: key.to };
  if (isWord(last, "DESC")) return replacing(text, "order", at, "");
  if (isWord(last, "ASC")) return replacing(text, "order", at, "DESC");
  return replacing(text, "order", at, `${last?.text ?? ""} DESC`);
}

/** A lock dropped, or one that waits where it skipped. */
export function locks(text: Text): Mutation[] {
  const { tokens } = text;
  return tokens.flatMap((token, index) => {
    if (isWord(token, "FOR") && isWord(tokens[index + 1], "UPDATE")) return lockAt(text, index, index + 2);
    if (isWord(token, "LOCK") && isWord(tokens[index + 1], "IN")) return lockAt(text, index, index + 4);
    return [];
  });
}

function lockAt(text: Text, from: number, to: number): Mutation[] {
  const skips = isWord(text.tokens[to], "SKIP");
  const dropped = replacing(text, "lock", { from, to: skips ? to + 2 : to }, "");
  return skips ? [dropped, replacing(text, "lock", { from: to, to: to + 2 }, "")] : [dropped];
}

/** Another number of rows, or no pages skipped. */
export function limits(text: Text): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    const value = text.tokens[index + 1];
    if (isWord(token, "LIMIT") && value?.kind === "number")
      return [replacing(text, "limit", { from: index + 1, to: index + 2 }, `${Number(value.text) + 1}`)];
    if (isWord(token, "LIMIT") && value?.kind === "parameter")
      return [replacing(text, "limit", { from: index + 1, to: index + 2 }, "1")];
    if (isWord(token, "OFFSET")) return [replacing(text, "limit", { from: index, to: index + 2 }, "")];
    return [];
  });
}
