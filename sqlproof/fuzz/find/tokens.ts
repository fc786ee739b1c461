/** Words, numbers, strings, parameters with their types, quoted names and symbols of a text. */
const pieces =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|:\w+(?:\.\.\.)?(?:::\w+(?:\(\d+\))?\??)?|0x[0-9a-fA-F]+|[xX]'[0-9a-fA-F]*'|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[\p{L}_][\p{L}\p{N}_]*|<=>|<>|!=|<=|>=|\|\||\S/gu;

/** The tokens of a statement, without spaces and comments. */
export function tokensOf(text: string): readonly string[] {
  return text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ").match(pieces) ?? [];
}

/** A text of these tokens, spaced as one would write it. */
export function joined(tokens: readonly string[]): string {
  let text = "";
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1];
    const calls = token === "(" && before !== undefined && /^[A-Z_]{2,}$/.test(before) && !spaced.test(before);
    const tight = before === undefined || before === "(" || before === "." || /^[),.]$/.test(token) || calls;
    text += tight ? token : ` ${token}`;
  }
  return text;
}

const spaced =
  /^(IN|AND|OR|NOT|WHERE|FROM|JOIN|ON|AS|OVER|VALUES|SELECT|THEN|ELSE|WHEN|BY|HAVING|LIKE|BETWEEN|EXISTS|CONFLICT|UNION|ALL|SET|CASE|INTERSECT|EXCEPT|INTO|RETURNING|LIMIT|UNIQUE)$/;

/** For each token, how many brackets it is inside. */
export function depths(tokens: readonly string[]): readonly number[] {
  let depth = 0;
  return tokens.map((token) => {
    if (token === ")") depth -= 1;
    const own = depth;
    if (token === "(") depth += 1;
    return own;
  });
}
