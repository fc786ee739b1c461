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

/** A node and everything below it, in the order of the text. */
export function* walk(node: unknown): Generator<SyntaxNode> {
  // One generator for all: of nested ones, each node would pass through as many as it is deep.
  const waiting = [node];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (isNode(next)) yield next;
    else if (!Array.isArray(next)) continue;
    const children: readonly unknown[] = Array.isArray(next) ? next : Object.values(next);
    for (let index = children.length - 1; index >= 0; index--)
      if (typeof children[index] === "object") waiting.push(children[index]);
  }
}
