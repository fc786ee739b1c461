import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import { isNode, nameOf, nodesOf, type SyntaxNode } from "./syntax.ts";

/** A place in a file. Lines and columns count from 1. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** An error at a place in a source file. */
export interface SourceError {
  readonly location: Location;
  readonly message: string;
}

/** A name in another file, or in the same one when `from` is null. */
interface Reference {
  readonly from: string | null;
  readonly name: string;
}

/** One parsed TypeScript file with its constants, imports and exports. */
export class SourceFile {
  readonly program: SyntaxNode | null;
  /** The first syntax error. */
  readonly error: SourceError | null;
  readonly #lineStarts: readonly number[];
  readonly #constants = new Map<string, SyntaxNode>();
  readonly #namespaces = new Map<string, string>();
  readonly #imports = new Map<string, Reference | null>();
  readonly #exports = new Map<string, Reference>();

  constructor(
    readonly name: string,
    source: string,
  ) {
    this.#lineStarts = startsOfLines(source);
    const parsed = parseSync(name, source);
    const program: unknown = parsed.program;
    const [problem] = parsed.errors;
    this.error =
      problem === undefined ? null : { location: this.at(problem.labels[0]?.start ?? 0), message: problem.message };
    this.program = problem === undefined && isNode(program) ? program : null;
    for (const statement of nodesOf(this.program?.body)) this.#note(statement);
  }

  at(offset: number): Location {
    const line = this.#lineStarts.findLastIndex((start) => start <= offset);
    return { file: this.name, line: line + 1, column: offset - (this.#lineStarts[line] ?? 0) + 1 };
  }

  /** The initializer of a top-level `const` without a type annotation. */
  constant(name: string): SyntaxNode | undefined {
    return this.#constants.get(name);
  }

  /** Where an imported name comes from; null for a type, default or namespace import, undefined for other names. */
  imported(name: string): Reference | null | undefined {
    return this.#imports.get(name);
  }

  /** The file that `import * as name` names, as it is written; undefined for other names. */
  namespace(name: string): string | undefined {
    return this.#namespaces.get(name);
  }

  exported(name: string): Reference | undefined {
    return this.#exports.get(name);
  }

  #note(statement: SyntaxNode): void {
    const { declaration } = statement;
    if (statement.type === "VariableDeclaration") this.#noteConstants(statement);
    else if (statement.type === "ImportDeclaration") this.#noteImports(statement);
    else if (statement.type === "ExportNamedDeclaration") {
      for (const name of isNode(declaration) ? this.#noteConstants(declaration) : [])
        this.#exports.set(name, { from: null, name });
      for (const { exported, local } of nodesOf(statement.specifiers)) {
        const [outside, inside] = [nameOf(exported), nameOf(local)];
        if (outside !== null && inside !== null)
          this.#exports.set(outside, { from: sourceOf(statement), name: inside });
      }
    }
  }

  #noteConstants(statement: SyntaxNode): string[] {
    if (statement.type !== "VariableDeclaration" || statement.kind !== "const" || statement.declare === true) return [];
    const names: string[] = [];
    for (const { id, init } of nodesOf(statement.declarations)) {
      const name = nameOf(id);
      if (name === null || !isNode(init) || (isNode(id) && isNode(id.typeAnnotation))) continue;
      this.#constants.set(name, init);
      names.push(name);
    }
    return names;
  }

  #noteImports(statement: SyntaxNode): void {
    const from = sourceOf(statement);
    for (const specifier of nodesOf(statement.specifiers)) {
      const [local, name] = [nameOf(specifier.local), nameOf(specifier.imported)];
      if (specifier.type === "ImportNamespaceSpecifier" && local !== null && from !== null)
        this.#namespaces.set(local, from);
      const isValue = statement.importKind !== "type" && specifier.importKind !== "type";
      if (local !== null) this.#imports.set(local, isValue && from !== null && name !== null ? { from, name } : null);
    }
  }
}

function sourceOf(statement: SyntaxNode): string | null {
  return isNode(statement.source) && typeof statement.source.value === "string" ? statement.source.value : null;
}

function startsOfLines(source: string): number[] {
  const starts = [0];
  for (let index = source.indexOf("\n"); index !== -1; index = source.indexOf("\n", index + 1)) starts.push(index + 1);
  return starts;
}

/** The files of a project, each parsed at most once, on demand. */
export class SourceFiles {
  readonly #parsed = new Map<string, SourceFile | null>();

  /** `read` returns the text of a file of the project, and null for any other file. */
  constructor(private readonly read: (file: string) => string | null) {}

  file(name: string): SourceFile | null {
    const known = this.#parsed.get(name);
    if (known !== undefined) return known;
    const source = this.read(name);
    const parsed = source === null ? null : new SourceFile(name, source);
    this.#parsed.set(name, parsed);
    return parsed;
  }

  /** The file of a relative import; null when it does not belong to the project. */
  importedBy(file: SourceFile, from: string): SourceFile | null {
    return /^\.\.?\//.test(from) ? this.file(posix.join(posix.dirname(file.name), from)) : null;
  }
}
