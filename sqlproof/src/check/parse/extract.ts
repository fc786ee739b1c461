// Reading: from TypeScript files to `sql()` literals, and from SQL texts to tokens, statements and parameters.
// Nothing here asks an engine.
import { pairKey } from "../../runtime/proof.ts";
import type { Engine } from "../../runtime/types.ts";
import { type FoldedText, foldLiteral, type Segment } from "./fragments.ts";
import { type Location, type SourceError, SourceFile, SourceFiles } from "./source-files.ts";
import { hiddenSql, isSql } from "./sql-name.ts";
import { isNode, nameOf, nodesOf, type SyntaxNode, walk } from "./syntax.ts";

/** The place of a literal, and where each part of its text was written; a pair has two texts. */
export interface LiteralPlace extends Location {
  readonly segments: readonly Segment[];
  readonly pair?: Readonly<Record<Engine, readonly Segment[]>>;
}

/** The SQL of one `sql()` call: one text for both engines, or one for each. */
export interface Literal {
  readonly key: string;
  readonly mariadb: string;
  readonly sqlite: string;
  readonly location: Location;
}

/** A literal that was read from a file. */
export interface ExtractedLiteral extends Literal {
  readonly location: LiteralPlace;
}

export interface Extracted {
  readonly literals: readonly ExtractedLiteral[];
  readonly errors: readonly SourceError[];
}

const rule = "sql() takes one plain literal and no variables, so that the engines can prove it";

const joined =
  "sql() takes one plain literal, and not several that + joins: write one, in backquotes where it has several lines";

const noFiles = new SourceFiles(() => null);

/** Finds every `sql(..)` call of a TypeScript file. Its fragments may come from `files`. */
export function extract(file: string, source: string, files: SourceFiles = noFiles): Extracted {
  return extractFile(new SourceFile(file, source), files);
}

/** Finds every `sql(..)` call of a parsed file. */
export function extractFile(file: SourceFile, files: SourceFiles): Extracted {
  if (file.error !== null) return { literals: [], errors: [file.error] };
  const literals: ExtractedLiteral[] = [];
  const errors: SourceError[] = [...hiddenSql(file, files)];
  for (const scope of topLevelScopes(file)) {
    let bound: ReadonlySet<string> | null = null;
    const isShadowed = (name: string): boolean => {
      bound ??= namesBoundIn(scope);
      return bound.has(name);
    };
    const fold = (node: SyntaxNode) => foldLiteral(node, file, files, isShadowed);
    for (const call of callsOfSql(scope, file)) {
      const location = file.at(call.argument?.start ?? call.start);
      const found = call.argument === null ? null : readArgument(call.argument, location, fold);
      if (found === null) errors.push({ location, message: isJoined(call.argument) ? joined : rule });
      else if ("message" in found) errors.push(found);
      else literals.push(found);
    }
  }
  return { literals, errors };
}

/**
 * Where a local name could shadow a constant: every top-level statement, but of declarations only the values, and
 * patterns with their default values.
 */
function* topLevelScopes({ program }: SourceFile): Generator<SyntaxNode> {
  for (const statement of nodesOf(program?.body)) {
    const declaration = isNode(statement.declaration) ? statement.declaration : statement;
    if (declaration.type !== "VariableDeclaration") yield statement;
    else for (const { id, init } of nodesOf(declaration.declarations)) yield* [id, init].filter(isNode);
  }
}

/** Every name that a declaration, parameter or catch inside may bind. It errs on the side of too many. */
function namesBoundIn(scope: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const node of walk(scope)) {
    const patterns = [node.id, node.type === "CatchClause" ? node.param : null, node.params];
    for (const identifier of walk(patterns)) names.add(nameOf(identifier) ?? "");
  }
  return names;
}

interface SqlCall {
  readonly start: number;
  /** Null when there is none or more than one. */
  readonly argument: SyntaxNode | null;
}

function* callsOfSql(scope: SyntaxNode, file: SourceFile): Generator<SqlCall> {
  for (const node of walk(scope)) {
    if (node.type !== "CallExpression" || !isSql(node.callee, file)) continue;
    const [argument, another] = nodesOf(node.arguments);
    yield { start: node.start, argument: another === undefined ? (argument ?? null) : null };
  }
}

/** True for literals that + joins. A literal alone is a text whose every character has a place in the file. */
function isJoined(node: unknown): boolean {
  if (!isNode(node)) return false;
  if (node.type === "BinaryExpression") return node.operator === "+" && isJoined(node.left) && isJoined(node.right);
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

type Fold = (node: SyntaxNode) => FoldedText | SourceError | null;

function readArgument(argument: SyntaxNode, location: Location, fold: Fold): ExtractedLiteral | SourceError | null {
  if (argument.type === "ObjectExpression") return readPair(argument, location, fold);
  const folded = fold(argument);
  if (folded === null || "message" in folded) return folded;
  const { text, segments } = folded;
  return { key: text, mariadb: text, sqlite: text, location: { ...location, segments } };
}

const engines = ["mariadb", "sqlite"];
const none: FoldedText = { text: "", segments: [] };

function readPair(argument: SyntaxNode, location: Location, fold: Fold): ExtractedLiteral | SourceError {
  const given = new Map<string, SyntaxNode>();
  for (const { key, value } of nodesOf(argument.properties))
    if (isNode(key) && isNode(value)) given.set(String(key.type === "Literal" ? key.value : key.name), value);
  const other = [...given.keys()].find((name) => !engines.includes(name));
  if (other !== undefined) return { location, message: `sql({ .. }) takes only mariadb and sqlite, found ${other}` };
  const missing = engines.filter((engine) => !given.has(engine));
  if (missing.length > 0) {
    const are = missing.length === 1 ? "is" : "are";
    return {
      location,
      message: `sql({ .. }) takes the texts of both engines: ${missing.join(" and ")} ${are} missing`,
    };
  }
  const texts = new Map<string, FoldedText>();
  for (const [engine, value] of given) {
    const folded = fold(value);
    if (folded === null)
      return {
        location,
        message: `sql({ .. }) takes one plain literal for each engine: write the text of ${engine} there`,
      };
    if ("message" in folded) return folded;
    texts.set(engine, folded);
  }
  const [mariadb = none, sqlite = none] = engines.map((engine) => texts.get(engine));
  const pair = { mariadb: mariadb.segments, sqlite: sqlite.segments };
  const key = pairKey(mariadb.text, sqlite.text);
  return { key, mariadb: mariadb.text, sqlite: sqlite.text, location: { ...location, segments: [], pair } };
}
