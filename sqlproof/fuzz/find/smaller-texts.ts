import { isBounded } from "./bounds.ts";
import { depths, joined, tokensOf } from "./tokens.ts";

/** Texts that are a little shorter than this one, the shortest first: each leaves something out. */
export function* smallerTexts(text: string): Generator<string> {
  const tokens = tokensOf(text);
  const seen = new Set<string>();
  for (const candidate of candidates(tokens)) {
    const made = joined(candidate);
    if (seen.has(made) || !isBounded(made)) continue;
    seen.add(made);
    yield made;
  }
}

function* candidates(tokens: readonly string[]): Generator<readonly string[]> {
  const depth = depths(tokens);
  // Whole balanced stretches, the longest first.
  for (let length = tokens.length - 1; length >= 1; length -= 1)
    for (let from = 0; from + length <= tokens.length; from += 1)
      if (isBalanced(tokens, depth, from, from + length)) yield without(tokens, from, from + length);
  yield* unwrapped(tokens, depth);
  yield* replaced(tokens, depth);
}

function isBalanced(tokens: readonly string[], depth: readonly number[], from: number, to: number): boolean {
  const first = depth[from] ?? 0;
  let least = first;
  for (let at = from; at < to; at += 1) least = Math.min(least, depth[at] ?? 0);
  if (least < first || tokens[from] === ")") return false;
  const last = tokens[to - 1] === ")" ? (depth[to - 1] ?? 0) : tokens[to - 1] === "(" ? -1 : (depth[to - 1] ?? 0);
  return last === first;
}

function without(tokens: readonly string[], from: number, to: number): readonly string[] {
  return [...tokens.slice(0, from), ...tokens.slice(to)];
}

/** `f(a, b)` and `(a, b)` become `a` or `b`; CASE .. END becomes one of its values. */
function* unwrapped(tokens: readonly string[], depth: readonly number[]): Generator<readonly string[]> {
  for (const [open, token] of tokens.entries()) {
    if (token !== "(") continue;
    const close = tokens.findIndex((other, at) => at > open && other === ")" && depth[at] === depth[open]);
    if (close === -1) continue;
    const starts = /^[A-Z_]+$/.test(tokens[open - 1] ?? "") ? [open - 1, open] : [open];
    for (const part of split(tokens, depth, open + 1, close))
      for (const start of starts) yield [...tokens.slice(0, start), ...part, ...tokens.slice(close + 1)];
  }
  for (const [start, token] of tokens.entries()) {
    if (token !== "CASE") continue;
    const end = tokens.findIndex((other, at) => at > start && other === "END" && depth[at] === depth[start]);
    if (end === -1) continue;
    for (const part of split(tokens, depth, start + 1, end))
      yield [...tokens.slice(0, start), ...part, ...tokens.slice(end + 1)];
  }
}

const separators: ReadonlySet<string> = new Set([",", "WHEN", "THEN", "ELSE", "AND", "OR"]);

/** The parts between commas and words such as THEN at the depth of the first token. */
function split(tokens: readonly string[], depth: readonly number[], from: number, to: number): readonly string[][] {
  const parts: string[][] = [[]];
  for (let at = from; at < to; at += 1) {
    const token = tokens[at] ?? "";
    if (depth[at] === depth[from] && separators.has(token)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** A bracketed part becomes a literal, a long literal a short one. */
function* replaced(tokens: readonly string[], depth: readonly number[]): Generator<readonly string[]> {
  for (const [open, token] of tokens.entries()) {
    if (token === "(") {
      const close = tokens.findIndex((other, at) => at > open && other === ")" && depth[at] === depth[open]);
      const start = /^[A-Z_]+$/.test(tokens[open - 1] ?? "") ? open - 1 : open;
      if (close > open + 2)
        for (const literal of ["1", "'x'", "TRUE"])
          yield [...tokens.slice(0, start), literal, ...tokens.slice(close + 1)];
    }
    if (/^\d{2,}$/.test(token)) yield [...tokens.slice(0, open), "1", ...tokens.slice(open + 1)];
    if (/^'[^']{2,}'$/.test(token)) yield [...tokens.slice(0, open), "'x'", ...tokens.slice(open + 1)];
  }
}
