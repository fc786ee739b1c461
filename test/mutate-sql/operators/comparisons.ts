import { isSymbol, isWord } from "../../../sqlproof/src/check/parse/tokenize.ts";
import { type Mutation, mutation, replaced, replacing } from "../mutation.ts";
import { isOneOf, type Text } from "../text.ts";

const otherComparison: ReadonlyMap<string, string> = new Map([
  ...[["<", "<="] as const, ["<=", "<"] as const, [">", ">="] as const, [">=", ">"] as const],
  ...[["=", "<>"] as const, ["<>", "="] as const, ["<=>", "="] as const, ["!=", "="] as const],
]);

/** `<` for `<=`, `=` for `<>`, IS NULL for IS NOT NULL, a NOT dropped or added. */
export function comparisons(text: Text): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    const at = { from: index, to: index + 1 };
    const next = text.tokens[index + 1];
    const other = token.kind === "symbol" ? otherComparison.get(token.text) : undefined;
    if (other !== undefined && !isAssignment(text, index)) return [replacing(text, "comparison", at, other)];
    if (isWord(token, "IS") && isWord(next, "NOT"))
      return [replacing(text, "comparison", { from: index, to: index + 2 }, isNull(text, index + 2) ? "IS" : "=")];
    if (isWord(token, "IS")) return [replacing(text, "comparison", at, isNull(text, index + 1) ? "IS NOT" : "=")];
    if (isWord(token, "NOT") && isOneOf(next, ["EXISTS", "LIKE", "IN", "BETWEEN"]))
      return [replacing(text, "comparison", at, "")];
    if (
      isOneOf(token, ["EXISTS", "LIKE", "IN", "BETWEEN"]) &&
      !isWord(text.tokens[index - 1], "NOT") &&
      !ofLock(text, index)
    )
      return [replacing(text, "comparison", at, `NOT ${token.text}`)];
    return [];
  });
}

/** `IS NOT DISTINCT FROM` is the only other use of IS: it becomes `=`, with all its words replaced. */
function isNull({ tokens }: Text, index: number): boolean {
  return isWord(tokens[index], "NULL");
}

function ofLock({ tokens }: Text, index: number): boolean {
  return isWord(tokens[index - 1], "LOCK");
}

/** True for the `=` of `SET column = value`. */
export function isAssignment({ tokens, clauses }: Text, index: number): boolean {
  return (
    clauses[index] === "set" &&
    isSymbol(tokens[index], "=") &&
    (isWord(tokens[index - 2], "SET") || isSymbol(tokens[index - 2], ","))
  );
}

/** `+` for `-` and `*` for `+` between two values. */
export function arithmetic(text: Text): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    const [before, at] = [text.tokens[index - 1], { from: index, to: index + 1 }];
    const hasLeft =
      before !== undefined &&
      (["number", "parameter", "quoted"].includes(before.kind) || isSymbol(before, ")") || isName(before.text));
    if (!hasLeft || token.kind !== "symbol") return [];
    const other = { "+": "-", "-": "+", "*": "+", "/": "*", "||": null }[token.text];
    if (token.text === "||") return [dropped(text, index)];
    return typeof other === "string" ? [replacing(text, "arithmetic", at, other)] : [];
  });
}

/** `a || b` without its right side. */
function dropped(text: Text, index: number): Mutation {
  const at = { from: index, to: index + 2 };
  return mutation(text, "arithmetic", `|| ${text.tokens[index + 1]?.text} dropped`, [replaced(text, at, "")]);
}

function isName(word: string): boolean {
  return /^[a-z_]/.test(word);
}
