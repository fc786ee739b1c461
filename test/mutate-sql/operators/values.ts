import { isSymbol, isWord, type ParameterToken } from "../../../sqlproof/src/check/parse/tokenize.ts";
import type { ParameterProof } from "../../../sqlproof/src/runtime/proof.ts";
import { type Choose, type Mutation, replacing } from "../mutation.ts";
import { isOneOf, type Text } from "../text.ts";

/** Another number or text. */
export function constants(text: Text): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    const [before, at] = [text.tokens[index - 1], { from: index, to: index + 1 }];
    if (isOneOf(before, ["LIMIT", "OFFSET"])) return [];
    if (token.kind === "number")
      return [replacing(text, "constant", at, token.text === "0" ? "1" : `${Number(token.text) - 1}`)];
    if (isWord(token, "TRUE")) return [replacing(text, "constant", at, "FALSE")];
    if (isWord(token, "FALSE")) return [replacing(text, "constant", at, "TRUE")];
    if (token.kind !== "string") return [];
    if (isWord(before, "ESCAPE")) return [replacing(text, "constant", at, "'~'")];
    const day = /^'\d{4}(-.*)$/.exec(token.text);
    return [replacing(text, "constant", at, day === null ? `${token.text.slice(0, -1)}x'` : `'2001${day[1]}`)];
  });
}

/** Another parameter of the same type. */
export function parameters(text: Text, known: readonly ParameterProof[], choose: Choose): Mutation[] {
  return text.tokens.flatMap((token, index) => {
    if (token.kind !== "parameter") return [];
    const own = known.find(({ name }) => name === token.name);
    const others = known.filter(
      ({ name, type, scale, list }) =>
        own !== undefined && name !== own.name && type === own.type && scale === own.scale && list === own.list,
    );
    const other = choose(`${index}`, others);
    if (other === null) return [];
    return [replacing(text, "parameter", { from: index, to: index + 1 }, renamed(token, other.name))];
  });
}

function renamed(token: ParameterToken, name: string): string {
  return `:${name}${token.text.slice(token.name.length + 1)}`;
}

const otherAggregate: ReadonlyMap<string, string> = new Map([
  ["MIN", "MAX"],
  ["MAX", "MIN"],
  ["SUM", "MAX"],
  ["COUNT", "MAX"],
]);

/** MAX for MIN, COUNT for COUNT(DISTINCT ..), UNION for UNION ALL, the first value alone for COALESCE. */
export function aggregates(text: Text): Mutation[] {
  const { tokens } = text;
  return tokens.flatMap((token, index) => {
    const at = { from: index, to: index + 1 };
    const other = isSymbol(tokens[index + 1], "(") ? otherAggregate.get(token.text.toUpperCase()) : undefined;
    if (other !== undefined && !isSymbol(tokens[index + 2], "*") && !isWord(tokens[index + 2], "DISTINCT"))
      return [replacing(text, "aggregate", at, other)];
    if (isWord(token, "DISTINCT") && !isWord(tokens[index - 1], "NOT") && !isWord(tokens[index - 1], "IS"))
      return [replacing(text, "aggregate", at, "")];
    if (isWord(token, "UNION"))
      return isWord(tokens[index + 1], "ALL")
        ? [replacing(text, "aggregate", { from: index, to: index + 2 }, "UNION")]
        : [replacing(text, "aggregate", at, "UNION ALL")];
    return [];
  });
}
