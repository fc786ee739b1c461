/** A node of the syntax tree, whose properties are checked when they are read. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [property: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** The nodes in a list property. */
export function nodesOf(value: unknown): readonly SyntaxNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The name of an identifier, else null. */
export function nameOf(node: unknown): string | null {
  return isNode(node) && node.type === "Identifier" && typeof node.name === "string" ? node.name : null;
}

/** A node and everything below it. */
export function* walk(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const element of node) yield* walk(element);
    return;
  }
  if (!isNode(node)) return;
  yield node;
  for (const child of Object.values(node)) if (typeof child === "object") yield* walk(child);
}
