import type { Location, SourceError, SourceFile, SourceFiles } from "./source-files.ts";
import { isNode, nameOf, nodesOf, type SyntaxNode } from "./syntax.ts";

/** A run of characters in a folded text, and where the first of them was written. */
export interface Segment {
  readonly offset: number;
  /** In the literal itself; for a fragment, the place of its name in the literal. */
  readonly location: Location;
  /** In the fragment's file; null for the literal's own text. */
  readonly fragment: Location | null;
}

/** The text that runs: a literal with its fragments inserted. */
export interface FoldedText {
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** A fragment is not constant, or not to be found. */
export class FragmentError extends Error {
  override readonly name = "FragmentError";
  constructor(
    message: string,
    /** The place of the error, if it is in another file than the literal. */
    readonly location: Location | null = null,
  ) {
    super(message);
  }
}

/**
 * The text of a string or template literal; null when `node` is something else. Each hole must name a constant, so that
 * the text is known before the program runs; otherwise the result is the first error.
 */
export function foldLiteral(
  node: SyntaxNode,
  file: SourceFile,
  files: SourceFiles,
  isShadowed: (name: string) => boolean,
): FoldedText | SourceError | null {
  const parts = partsOf(withoutAsConst(node));
  if (parts === null) return null;
  const folded = new Folder();
  for (const part of parts) {
    if ("text" in part) folded.add(part.text, file.at(part.start));
    else {
      const location = file.at(part.hole.start);
      try {
        const name = fragmentName(part.hole, file);
        if (isShadowed(name.split(".")[0] ?? name) && isDeclared(file, name))
          throw new FragmentError(
            `\${${name}} names something else inside this statement too: give one of them another name`,
          );
        folded.addFragment(foldFragment(name, file, files, []), location);
      } catch (error) {
        if (!(error instanceof FragmentError)) throw error;
        return { location: error.location ?? location, message: error.message };
      }
    }
  }
  return folded;
}

function isDeclared(file: SourceFile, name: string): boolean {
  const [first = ""] = name.split(".");
  return [file.constant(first), file.imported(first), file.namespace(first)].some((found) => found !== undefined);
}

/** Builds a folded text. */
class Folder implements FoldedText {
  text = "";
  readonly segments: Segment[] = [];

  add(text: string, location: Location): void {
    if (text !== "") this.segments.push({ offset: this.text.length, location, fragment: null });
    this.text += text;
  }

  addFragment({ text, segments }: FoldedText, location: Location): void {
    for (const inner of segments)
      this.segments.push({
        offset: this.text.length + inner.offset,
        location,
        fragment: inner.fragment ?? inner.location,
      });
    this.text += text;
  }
}

/** `trail` holds the constants that are being folded, to detect cycles. */
function foldFragment(name: string, file: SourceFile, files: SourceFiles, trail: readonly SyntaxNode[]): FoldedText {
  const { init, owner, declared } = resolve(name, file, files);
  if (trail.includes(init)) throw new FragmentError(`\${${declared}} contains itself: take it out of its own text`);
  const parts = partsOf(withoutAsConst(init));
  if (parts === null) throw notConstant(declared);
  const folded = new Folder();
  for (const part of parts) {
    if ("text" in part) folded.add(part.text, owner.at(part.start));
    else
      folded.addFragment(
        foldFragment(fragmentName(part.hole, owner), owner, files, [...trail, init]),
        owner.at(part.hole.start),
      );
  }
  return folded;
}

interface Resolved {
  readonly init: SyntaxNode;
  readonly owner: SourceFile;
  /** The name that the constant has where it is declared. */
  readonly declared: string;
}

/** Follows imports and re-exports to the constant. */
function resolve(name: string, file: SourceFile, files: SourceFiles): Resolved {
  const [namespace = "", member] = name.split(".");
  const from = member === undefined ? undefined : file.namespace(namespace);
  if (member !== undefined && from !== undefined)
    return resolveExport(member, importedFile(name, file, from, files), files, []);
  const init = file.constant(name);
  if (init !== undefined) return { init, owner: file, declared: name };
  const imported = file.imported(name);
  if (imported === undefined) throw notConstant(name);
  if (imported === null) throw notImported(name);
  return resolveExport(imported.name, importedFile(name, file, imported.from, files), files, []);
}

function resolveExport(name: string, file: SourceFile, files: SourceFiles, trail: readonly string[]): Resolved {
  const exported = file.exported(name);
  const step = `${file.name} ${name}`;
  if (exported === undefined || trail.includes(step)) throw notConstant(name);
  if (exported.from === null) return resolve(exported.name, file, files);
  return resolveExport(exported.name, importedFile(name, file, exported.from, files), files, [...trail, step]);
}

function importedFile(name: string, file: SourceFile, from: string | null, files: SourceFiles): SourceFile {
  const found = from === null ? null : files.importedBy(file, from);
  if (found === null) throw notImported(name);
  if (found.error !== null) throw new FragmentError(found.error.message, found.error.location);
  return found;
}

function notConstant(name: string): FragmentError {
  return new FragmentError(
    `\${${name}} is not a constant text: declare const ${name} = \`..\` at the top level of a file, without a type`,
  );
}

function notImported(name: string): FragmentError {
  return new FragmentError(
    `\${${name}} is not imported as a fragment must be: write import { ${name} } from a relative path that sqlproof.json includes`,
  );
}

type Part = { readonly text: string; readonly start: number } | { readonly hole: SyntaxNode };

/** The texts and holes of a literal in order; null when it is not a string or template. */
function partsOf(node: SyntaxNode): Part[] | null {
  if (node.type === "Literal" && typeof node.value === "string") return [{ text: node.value, start: node.start + 1 }];
  if (node.type !== "TemplateLiteral") return null;
  const holes = nodesOf(node.expressions);
  const parts: Part[] = [];
  for (const [index, { value, start }] of nodesOf(node.quasis).entries()) {
    if (typeof value !== "object" || value === null || !("cooked" in value)) return null;
    if (typeof value.cooked !== "string") return null;
    // The parser includes the delimiter before a text in its range.
    parts.push({ text: value.cooked, start: start + 1 });
    const hole = holes[index];
    if (hole !== undefined) parts.push({ hole });
  }
  return parts;
}

/** `name`, or `fragments.name` of `import * as fragments`. */
function fragmentName(hole: SyntaxNode, file: SourceFile): string {
  const object = hole.type === "MemberExpression" && hole.computed !== true ? nameOf(hole.object) : null;
  const isMember = object !== null && file.namespace(object) !== undefined;
  const path = isMember ? [object, nameOf(hole.property)] : [nameOf(hole)];
  const name = path.includes(null) ? null : path.join(".");
  if (name === null)
    throw new FragmentError(
      "a hole in the text takes only the name of a constant: declare const name = `..` at the top level of a file",
    );
  return name;
}

function withoutAsConst(node: SyntaxNode): SyntaxNode {
  if (node.type !== "TSAsExpression" || !isNode(node.typeAnnotation) || !isNode(node.expression)) return node;
  return nameOf(node.typeAnnotation.typeName) === "const" ? node.expression : node;
}
