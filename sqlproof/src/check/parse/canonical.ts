import type { Catalog, Column } from "../types/catalog.ts";

/** One element of the statement as MariaDB prints it back, with every column resolved to its table. */
export type Element =
  | { readonly kind: "column"; readonly table: string; readonly column: Column }
  | { readonly kind: "parameter"; readonly name: string }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  | { readonly kind: "word"; readonly text: string }
  | { readonly kind: "name"; readonly text: string }
  | { readonly kind: "symbol"; readonly text: string };

interface Piece {
  readonly kind: "string" | "quoted" | "variable" | "number" | "word" | "symbol";
  readonly text: string;
}

const piecePattern =
  /(?<string>_?\w*'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")*")|(?<variable>@(?:"[^"]*"|\w+))|(?<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?)|(?<word>[A-Za-z_][\w$]*)|(?<symbol><=>|<>|<=|>=|!=|\|\||.)/g;

/** Words that may follow a table name and are not an alias. */
const notAnAlias: ReadonlySet<string> = new Set(
  "WHERE LEFT RIGHT INNER CROSS JOIN ON SET ORDER GROUP HAVING LIMIT UNION VALUES SELECT STRAIGHT_JOIN AS USING SEMI EXCEPT INTERSECT FOR".split(
    " ",
  ),
);

/** Words, brackets and commas after which MariaDB prints a table. */
const beforeTable: ReadonlySet<string> = new Set(["FROM", "JOIN", "UPDATE", "INTO", "(", ","]);

/**
 * Reads the texts that MariaDB printed for one statement (optimizer trace and EXPLAIN EXTENDED).
 * Columns that cannot be traced to one type of one table stay plain names.
 */
export function readCanonical(fragments: readonly string[], catalog: Catalog, database: string): Element[][] {
  const pieces = fragments.map((fragment) => piecesOf(unwrapped(fragment)));
  const aliases = aliasesOf(pieces, catalog, database);
  return pieces.map((fragment) => elementsOf(fragment, aliases, catalog));
}

/** Removes the optimizer's own marks: `<cache>(x)` means x, and comments number the SELECTs. */
function unwrapped(fragment: string): string {
  let text = fragment.replace(/\/\*.*?\*\//g, " ");
  for (let before = ""; before !== text; ) {
    before = text;
    text = text.replace(/<\w+>\((@"?\w+"?|'(?:[^']|'')*'|[\w."]+)\)/g, "$1");
  }
  return text.replace(/<\w+>/g, " ");
}

function piecesOf(text: string): Piece[] {
  const pieces: Piece[] = [];
  for (const match of text.matchAll(piecePattern)) {
    const groups = match.groups ?? {};
    const kind = (["string", "quoted", "variable", "number", "word", "symbol"] as const).find(
      (name) => groups[name] !== undefined,
    );
    if (kind !== undefined && match[0].trim() !== "") pieces.push({ kind, text: match[0] });
  }
  return pieces;
}

function nameOf(piece: Piece | undefined): string | null {
  if (piece?.kind === "word") return piece.text;
  return piece?.kind === "quoted" ? piece.text.slice(1, -1).replaceAll('""', '"') : null;
}

/** The names of a path such as `a.b.c` that starts at `index`. */
function pathAt(pieces: readonly Piece[], index: number): string[] {
  const names: string[] = [];
  for (let at = index; ; at += 2) {
    const name = nameOf(pieces[at]);
    if (name === null) return names;
    names.push(name);
    if (pieces[at + 1]?.text !== ".") return names;
  }
}

type Aliases = ReadonlyMap<string, ReadonlySet<string>>;

function aliasesOf(fragments: readonly (readonly Piece[])[], catalog: Catalog, database: string): Aliases {
  const aliases = new Map<string, Set<string>>();
  const add = (alias: string, table: string): void => {
    const tables = aliases.get(alias) ?? new Set();
    aliases.set(alias, tables.add(table));
  };
  for (const pieces of fragments) {
    for (let index = 0; index < pieces.length; index += 1) {
      if (!beforeTable.has(pieces[index - 1]?.text.toUpperCase() ?? "")) continue;
      const path = pathAt(pieces, index);
      const table = path.at(-1) ?? "";
      if (path.length > 2 || (path.length === 2 && path[0] !== database) || !catalog.has(table)) continue;
      const after = pieces[index + path.length * 2 - 1];
      const alias = nameOf(after);
      add(alias !== null && !(after?.kind === "word" && notAnAlias.has(alias.toUpperCase())) ? alias : table, table);
    }
  }
  return aliases;
}

function elementsOf(pieces: readonly Piece[], aliases: Aliases, catalog: Catalog): Element[] {
  const elements: Element[] = [];
  for (let index = 0; index < pieces.length; index += 1) {
    const path = pathAt(pieces, index);
    if (path.length > 1) {
      elements.push(columnElement(path, aliases, catalog));
      index += path.length * 2 - 2;
      continue;
    }
    const piece = pieces[index];
    if (piece !== undefined) elements.push(plainElement(piece));
  }
  return elements;
}

function plainElement(piece: Piece): Element {
  switch (piece.kind) {
    case "variable":
      return { kind: "parameter", name: piece.text.slice(1).replaceAll('"', "") };
    case "quoted":
      return { kind: "name", text: piece.text.slice(1, -1) };
    case "word":
      return { kind: "word", text: piece.text.toUpperCase() };
    case "number":
    case "string":
    case "symbol":
      return { kind: piece.kind, text: piece.text };
  }
}

/** The column that `alias.column` refers to, if every table of that alias declares it alike. */
function columnElement(path: readonly string[], aliases: Aliases, catalog: Catalog): Element {
  const name = path.at(-1) ?? "";
  const found: { table: string; column: Column }[] = [];
  for (const table of aliases.get(path.at(-2) ?? "") ?? []) {
    const column = catalog.get(table)?.columns.get(name);
    if (column !== undefined) found.push({ table, column });
  }
  const [first] = found;
  if (first === undefined || found.some(({ column }) => column.declared !== first.column.declared))
    return { kind: "name", text: path.join(".") };
  return { kind: "column", table: first.table, column: first.column };
}

/** The keyword or function name at `index` in capitals; empty for any other element. */
export function wordAt(elements: readonly Element[], index: number): string {
  const element = elements[index];
  return element?.kind === "word" ? element.text : "";
}

/** The operator or bracket at `index`; empty for any other element. */
export function symbolAt(elements: readonly Element[], index: number): string {
  const element = elements[index];
  return element?.kind === "symbol" ? element.text : "";
}

/** An element that is a column. */
export type ColumnElement = Extract<Element, { kind: "column" }>;

/** `table.column`, for a message. */
export function placeOf({ table, column }: ColumnElement): string {
  return `${table}.${column.name}`;
}

/** Operators that compare two values. */
export const comparisons: ReadonlySet<string> = new Set(["=", "<>", "!=", "<", ">", "<=", ">=", "<=>"]);
