// Texts for the patterns with which CHECKs and triggers compare. They only suggest what to try, so a pattern in a form
// that is not read here does no harm.

/** Which of several characters or parts to take, and how often to repeat: as seldom as may be, once more, or most often. */
interface Choice {
  readonly last: boolean;
  readonly times: "least" | "more" | "most";
}

const choices: readonly Choice[] = [false, true].flatMap((last) =>
  (["least", "more", "most"] as const).map((times) => ({ last, times })),
);

/** Texts that match a pattern of LIKE, GLOB or REGEXP, and some that are close to one. */
export function textsOfPattern(pattern: string): string[] {
  const matching = formsOf(pattern).flatMap((form) => choices.map((choice) => new PatternReader(form, choice).text()));
  const [first = ""] = matching;
  const longest = matching.reduce((a, b) => (b.length > a.length ? b : a), "");
  // Beside `$`, a newline may follow.
  const close = [
    ...[`${first}\n`, first + first.slice(-1), first.slice(0, -1), first.toLowerCase(), first.toUpperCase()],
    ...[longest + longest.slice(-1), ...misplacedSigns(longest)],
    ...misplacedSigns(matching.find((text) => sign.test(text)) ?? ""),
  ];
  return [...new Set(matching.length === 0 ? [] : [...matching, ...close])];
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
    const [least, most] = timesOf(this.#taken(/[*+?]|\{\d+(,\d*)?\}/y) ?? "{1}");
    this.#taken(/[?+]/y);
    const { times } = this.choice;
    const more = times === "most" && Number.isFinite(most) ? most : Math.min(most, least + 1);
    return text.repeat(Math.min(times === "least" ? least : more, mostRepeated));
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
