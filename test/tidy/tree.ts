import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";

/** The text of every file that git tracks or would track, by its path from the root. */
export type Tree = ReadonlyMap<string, string>;

/** One house rule. `planted` is a small tree that breaks it: a rule that finds nothing there is not working. */
export interface Rule {
  readonly name: string;
  readonly planted: Readonly<Record<string, string>>;
  /** How many violations are planted; one unless said. */
  readonly violations?: number;
  /** What breaks the rule, each as `path:line: words`. */
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

/** Reads the working folder, without what git ignores. */
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

/** TypeScript that is ours to keep tidy. The programs that must not compile are wrong on purpose. */
export function isTypescript(path: string): boolean {
  return /\.tsx?$/.test(path) && !path.endsWith(".d.ts") && !path.includes("wrong-programs/");
}

/** A test, or something only tests use. */
export function isTest(path: string): boolean {
  return path.endsWith(".test.ts") || /(^|\/)test\//.test(path);
}

/** `path:line` of a character in a file. */
export function place(path: string, text: string, offset: number): string {
  return `${path}:${text.slice(0, offset).split("\n").length}`;
}

const parsed = new Map<string, readonly (readonly [node: Node, parents: readonly Node[]])[]>();

/** Every node of a program with its parents, the nearest last. */
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

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The name at the end of a callee: `b` for `a.b(...)` and for `b(...)`, else an empty text. */
export function calleeName(call: Node): string {
  const { callee } = call;
  if (!isNode(callee)) return "";
  return identifierName(callee.type === "MemberExpression" ? callee.property : callee);
}

/** What stands before the dot of a call, when it is one plain name. */
export function calleeObject(call: Node): string {
  const { callee } = call;
  return isNode(callee) && callee.type === "MemberExpression" ? identifierName(callee.object) : "";
}

/** The name of an identifier, else an empty text. */
export function identifierName(node: unknown): string {
  return isNode(node) && node.type === "Identifier" && typeof node.name === "string" ? node.name : "";
}

/** The fixed text of a string or of a template without holes, else null. */
export function literalText(node: Node): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null;
  const [first] = node.quasis;
  return isNode(first) && isRawValue(first.value) ? first.value.raw : null;
}

/** Like `literalText`, with every text of a template and `{}` for each hole. */
export function textWithHoles(node: Node): string | null {
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return literalText(node);
  return node.quasis.map((quasi) => (isNode(quasi) && isRawValue(quasi.value) ? quasi.value.raw : "")).join("{}");
}

function isRawValue(value: unknown): value is { raw: string } {
  return typeof value === "object" && value !== null && "raw" in value && typeof value.raw === "string";
}

/** A path written in a file, seen from the root of the tree. */
export function resolveFrom(path: string, written: string): string {
  return posix.normalize(posix.join(posix.dirname(path), written));
}
