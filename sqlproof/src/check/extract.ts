import { parseSync } from "oxc-parser";
import { pairKey } from "../runtime/proof.ts";

/** Where a literal stands. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The SQL of one `sql()` call: one text for both engines, or one for each. */
export interface Literal {
  readonly key: string;
  readonly mariadb: string;
  readonly sqlite: string;
  readonly location: Location;
}

/** Something that stops a file or a call from being read, at its place. */
export interface Fault {
  readonly location: Location;
  readonly message: string;
}

export interface Extracted {
  readonly literals: readonly Literal[];
  readonly faults: readonly Fault[];
}

const rule =
  "sql() takes one plain literal, no template substitutions and no variables, so that the engines can prove it";

/** Finds every `sql(..)` call of a TypeScript file. */
export function extract(file: string, source: string): Extracted {
  const lineStarts = startsOfLines(source);
  const at = (offset: number): Location => locate(file, lineStarts, offset);
  const parsed = parseSync(file, source);
  const [problem] = parsed.errors;
  if (problem !== undefined)
    return { literals: [], faults: [{ location: at(problem.labels[0]?.start ?? 0), message: problem.message }] };
  const literals: Literal[] = [];
  const faults: Fault[] = [];
  for (const call of callsOfSql(parsed.program)) {
    const location = at(call.argument?.start ?? call.start);
    const texts = call.argument === null ? null : textsOf(call.argument);
    if (texts === null) faults.push({ location, message: rule });
    else literals.push({ ...texts, location });
  }
  return { literals, faults };
}

interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [property: string]: unknown;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

interface SqlCall {
  readonly start: number;
  /** Null when there is none or more than one. */
  readonly argument: SyntaxNode | null;
}

function* callsOfSql(node: unknown): Generator<SqlCall> {
  if (Array.isArray(node)) {
    for (const element of node) yield* callsOfSql(element);
    return;
  }
  if (!isNode(node)) return;
  if (
    node.type === "CallExpression" &&
    isNode(node.callee) &&
    node.callee.type === "Identifier" &&
    node.callee.name === "sql"
  ) {
    const list = Array.isArray(node.arguments) ? node.arguments : [];
    const argument: unknown = list.length === 1 ? list[0] : null;
    yield { start: node.start, argument: isNode(argument) ? argument : null };
  }
  for (const child of Object.values(node)) if (typeof child === "object") yield* callsOfSql(child);
}

function textsOf(argument: SyntaxNode): { key: string; mariadb: string; sqlite: string } | null {
  const text = literalText(argument);
  if (text !== null) return { key: text, mariadb: text, sqlite: text };
  if (argument.type !== "ObjectExpression" || !Array.isArray(argument.properties)) return null;
  const texts = new Map<unknown, string | null>();
  for (const property of argument.properties) {
    if (!isNode(property) || !isNode(property.key) || !isNode(property.value)) return null;
    texts.set(property.key.name, literalText(property.value));
  }
  const mariadb = texts.get("mariadb");
  const sqlite = texts.get("sqlite");
  if (texts.size !== 2 || typeof mariadb !== "string" || typeof sqlite !== "string") return null;
  return { key: pairKey(mariadb, sqlite), mariadb, sqlite };
}

/** The value of a string or of a template without substitutions, else null. */
function literalText(node: SyntaxNode): string | null {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis) || node.quasis.length !== 1) return null;
  const quasi: unknown = node.quasis[0];
  if (!isNode(quasi) || typeof quasi.value !== "object" || quasi.value === null) return null;
  return "cooked" in quasi.value && typeof quasi.value.cooked === "string" ? quasi.value.cooked : null;
}

function startsOfLines(source: string): number[] {
  const starts = [0];
  for (let index = source.indexOf("\n"); index !== -1; index = source.indexOf("\n", index + 1)) starts.push(index + 1);
  return starts;
}

function locate(file: string, lineStarts: readonly number[], offset: number): Location {
  const line = lineStarts.findLastIndex((start) => start <= offset);
  return { file, line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
}
