// Texts for the patterns with which CHECKs and triggers compare. They only suggest what to try, so a pattern in a form
// that is not read here does no harm.

/** Which of several characters or parts to take, and how often to repeat: once more than asked for, or than allowed. */
interface Choice {
  readonly last: boolean;
  readonly times: "least" | "more" | "most" | "beyond";
}

const choices: readonly Choice[] = (["least", "more", "most", "beyond"] as const).flatMap((times) =>
  [false, true].map((last) => ({ last, times })),
);

/** Texts that match a pattern of LIKE, GLOB or REGEXP, and some that are close to one. */
export function textsOfPattern(pattern: string): string[] {
  // MariaDB's catalog doubles each backslash.
  const written = [...new Set([pattern.replaceAll("\\\\", "\\"), pattern])];
  const matching = written
    .flatMap(formsOf)
    .flatMap((form) => choices.map((choice) => new PatternReader(form, choice).text()));
  const [first = ""] = matching;
  // Beside `$`, a newline may follow.
  const close = [
    ...[`${first}\n`, first + first.slice(-1), first.slice(0, -1), first.toLowerCase(), first.toUpperCase()],
    ...misplacedSigns(matching.find((text) => sign.test(text)) ?? ""),
  ];
  return [...new Set(matching.length === 0 ? [] : [...matching, ...close, ...mixed(matching)])];
}

/** A text in which each character of the others stands in the middle, once and twice, and at the end. */
function mixed(matching: readonly string[]): string[] {
  const base = matching[choices.findIndex(({ times }) => times === "more")] ?? "";
  const middle = Math.floor(base.length / 2);
  const [before, after] = [base.slice(0, middle), base.slice(middle)];
  return [...new Set(matching.join(""))]
    .slice(0, mostMixed)
    .flatMap((letter) => [
      before + letter + after.slice(1),
      before + letter + letter + after,
      base.slice(0, -1) + letter,
    ]);
}

const sign = /[^\p{L}\p{N}]/u;

/** The text with one of its signs twice, such as `a--b`, and at the end. */
function misplacedSigns(text: string): string[] {
  const places = Array.from(text, (letter, at) => (sign.test(letter) ? at : -1)).filter((at) => at >= 0);
  return places.slice(0, 3).flatMap((at) => {
    const [before, one, behind] = [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
    return [before + one + one + behind, before + behind + one];
  });
}

/** The pattern as a regular expression. Where it may be one of several kinds, each is tried. */
function formsOf(pattern: string): string[] {
  if (/^\^|\$$/.test(pattern)) return [pattern];
  const like = pattern
    .replace(/[\\^$.|+(){}[\]*?]/g, "\\$&")
    .replaceAll("%", ".*")
    .replaceAll("_", ".");
  const glob = pattern.replace(/\[[^\]]+\]|[\s\S]/g, (part) => (part.length > 1 ? part : inGlob(part)));
  return [
    ...(/[%_]/.test(pattern) ? [like] : []),
    ...(/[*?[]/.test(pattern) ? [glob] : []),
    ...(/[\\|()+{}[\]]/.test(pattern) ? [pattern] : []),
  ];
}

function inGlob(part: string): string {
  if (part === "*") return ".*";
  return part === "?" ? "." : part.replace(/[\\^$.|+(){}[\]]/, "\\$&");
}

const mostRepeated = 200;
const mostMixed = 6;

const named: Readonly<Record<string, string | undefined>> = {
  alpha: "azAZ",
  upper: "AZ",
  lower: "az",
  digit: "09",
  alnum: "a0Z9",
  xdigit: "0f",
  space: " ",
  punct: "-.",
  d: "09",
  w: "a0Z_",
  s: " ",
};

/** The least and the most repetitions of a quantifier. */
function timesOf(quantifier: string): readonly [least: number, most: number] {
  if (quantifier === "?") return [0, 1];
  if (quantifier === "*") return [0, Number.POSITIVE_INFINITY];
  if (quantifier === "+") return [1, Number.POSITIVE_INFINITY];
  const [least = "", most = least] = quantifier.slice(1, -1).split(",");
  return [Number(least), most === "" ? Number.POSITIVE_INFINITY : Number(most)];
}

/** Reads a regular expression and writes one text that it matches. */
class PatternReader {
  #at = 0;

  constructor(
    private readonly source: string,
    private readonly choice: Choice,
  ) {}

  text(): string {
    const parts = [""];
    while (this.#at < this.source.length && this.source[this.#at] !== ")") {
      if (this.#taken(/\|/y) !== null) parts.push("");
      else parts.push((parts.pop() ?? "") + this.#repeated(this.#atom()));
    }
    return this.#chosen(parts);
  }

  #atom(): string {
    if (this.#taken(/\((\?:)?/y) !== null) {
      const inner = this.text();
      this.#taken(/\)/y);
      return inner;
    }
    const members = this.#taken(/\[\^?\]?(\[:\w+:\]|\\.|[^\]])*\]/y);
    if (members !== null) return this.#member(members.slice(1, -1));
    const escaped = this.#taken(/\\[\s\S]/y)?.slice(1);
    if (escaped !== undefined) return this.#chosen([...(named[escaped] ?? escaped.replace(/[AbBzZ]/, ""))]);
    const one = this.#taken(/[\s\S]/y) ?? "";
    if (one === "^" || one === "$") return "";
    return one === "." ? "a" : one;
  }

  #member(inside: string): string {
    const negated = inside.startsWith("^");
    const parts = inside.slice(negated ? 1 : 0).matchAll(/\[:(\w+):\]|\\([\s\S])|([\s\S])-([\s\S])|([\s\S])/g);
    const members = [...parts].flatMap(([, name, escaped, from, to, one]) => {
      const letter = name ?? escaped;
      if (letter !== undefined) return [...(named[letter] ?? letter)];
      return one === undefined ? [from ?? "", to ?? ""] : [one];
    });
    if (!negated) return this.#chosen(members);
    const refuses = (letter: string): boolean => {
      const ranges = inside.matchAll(/([\s\S])-([\s\S])/g);
      return members.includes(letter) || [...ranges].some(([, from = "", to = ""]) => from <= letter && letter <= to);
    };
    return this.#chosen([..."aA0- é"].filter((letter) => !refuses(letter)));
  }

  #repeated(text: string): string {
    const quantifier = this.#taken(/[*+?]|\{\d+(,\d*)?\}/y);
    if (quantifier === null) return text;
    const [least, most] = timesOf(quantifier);
    this.#taken(/[?+]/y);
    const bounded = most === Number.POSITIVE_INFINITY ? least + 1 : most;
    const times = { least, more: Math.min(most, least + 1), most: bounded, beyond: bounded + 1 }[this.choice.times];
    return text.repeat(Math.min(times, mostRepeated));
  }

  #chosen(texts: readonly string[]): string {
    return texts.at(this.choice.last ? -1 : 0) ?? "";
  }

  #taken(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.source)?.[0] ?? null;
    this.#at += found?.length ?? 0;
    return found;
  }
}
