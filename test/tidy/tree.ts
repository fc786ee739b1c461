import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";

/** The text of every file that git tracks or would track, by its path relative to the root. */
export type Tree = ReadonlyMap<string, string>;

/** A house rule. `planted` is a small tree with violations, which proves that the rule works. */
export interface Rule {
  readonly name: string;
  readonly planted: Readonly<Record<string, string>>;
  /** The number of planted violations. Default: 1. */
  readonly violations?: number;
  /** Returns the violations, each as `path: text` or `path:line: text`. */
  find(tree: Tree): string[];
}

/** A node of the syntax tree. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

const root = join(import.meta.dir, "..", "..");

/** Reads all files of the working folder that git does not ignore. */
export function readTree(): Tree {
  const listing = Bun.spawnSync(["git", "ls-files", "-co", "--exclude-standard"], { cwd: root });
  if (!listing.success) throw new Error(`git ls-files failed: ${listing.stderr}`);
  const tree = new Map<string, string>();
  for (const path of listing.stdout.toString().split("\n").filter(Boolean)) {
    try {
      tree.set(path, readFileSync(join(root, path), "utf8"));
    } catch {
      // Deleted, but not yet committed.
    }
  }
  return tree;
}

/** Whether the rules apply to a TypeScript file. Programs in `wrong-programs` are wrong on purpose. */
export function isTypescript(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !path.includes("wrong-programs/");
}

/** Whether a file is a test or is used only by tests. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || /(^|\/)test\//.test(path);
}

/** `path:line` of a character in a file. */
export function place(path: string, text: string, offset: number): string {
  return `${path}:${text.slice(0, offset).split("\n").length}`;
}

const parsed = new Map<string, readonly (readonly [node: Node, parents: readonly Node[]])[]>();

/** All nodes of a program, each with its parents, the nearest one last. */
export function nodes(path: string, text: string): readonly (readonly [node: Node, parents: readonly Node[]])[] {
  const key = `${path}\n${text}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const found: [Node, readonly Node[]][] = [];
  const walk = (value: unknown, parents: readonly Node[]): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, parents);
    else if (isNode(value)) {
      found.push([value, parents]);
      const within = [...parents, value];
      for (const child of Object.values(value)) walk(child, within);
    }
  };
  walk(parseSync(path, text).program, []);
  parsed.set(key, found);
  return found;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The last name of a callee: `b` for `a.b(...)` and `b(...)`, otherwise an empty text. */
export function calleeName(call: Node): string {
  const { callee } = call;
  if (!isNode(callee)) return "";
  return identifierName(callee.type === "MemberExpression" ? callee.property : callee);
}

/** The name before the dot of a call: `a` for `a.b(...)`, otherwise an empty text. */
export function calleeObject(call: Node): string {
  const { callee } = call;
  return isNode(callee) && callee.type === "MemberExpression" ? identifierName(callee.object) : "";
}

/** The name of an identifier, otherwise an empty text. */
export function identifierName(node: unknown): string {
  return isNode(node) && node.type === "Identifier" && typeof node.name === "string" ? node.name : "";
}

/** The text of a string literal, or the text of a template up to its first hole, otherwise null. */
export function literalText(node: Node): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null;
  const [first] = node.quasis;
  return isNode(first) && isRawValue(first.value) ? first.value.raw : null;
}

/** Like `literalText`, but returns the complete text of a template with `{}` for each hole. */
export function textWithHoles(node: Node): string | null {
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return literalText(node);
  return node.quasis.map((quasi) => (isNode(quasi) && isRawValue(quasi.value) ? quasi.value.raw : "")).join("{}");
}

function isRawValue(value: unknown): value is { raw: string } {
  return typeof value === "object" && value !== null && "raw" in value && typeof value.raw === "string";
}

/** Resolves a path that is written in a file. Returns it relative to the root of the tree. */
export function resolveFrom(path: string, written: string): string {
  return posix.normalize(posix.join(posix.dirname(path), written));
}
