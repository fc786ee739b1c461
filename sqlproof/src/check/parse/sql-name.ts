// The check finds queries by the name `sql`. What would hide a text from it is an error here, since otherwise nobody
// would learn of it but from the compiler, for which the text has no proof.
import type { SourceError, SourceFile, SourceFiles } from "./source-files.ts";
import { isNode, nameOf, nodesOf, type SyntaxNode, walk } from "./syntax.ts";

/** `sql`, or `database.sql` of `import * as database`; other properties of that name are something else. */
export function isSql(callee: unknown, file: SourceFile): boolean {
  if (!isNode(callee)) return false;
  const named = bare(callee);
  if (nameOf(named) === "sql") return true;
  if (named.type !== "MemberExpression" || named.computed === true) return false;
  return nameOf(named.property) === "sql" && file.namespace(nameOf(named.object) ?? "") !== undefined;
}

/** Every place of a file where `sql` gets another name or is used as a tag. */
export function* hiddenSql(file: SourceFile, files: SourceFiles): Generator<SourceError> {
  const names = new SqlNames(file, files);
  const found = (node: SyntaxNode, message: string): SourceError => ({ location: file.at(node.start), message });
  const patterns = new Set<SyntaxNode>();
  for (const node of walk(file.program)) {
    // What stands there takes its value from elsewhere.
    if (node.type === "ObjectPattern") for (const property of nodesOf(node.properties)) patterns.add(property);
    const bound = patterns.has(node) ? null : bindingOf(node);
    if (bound !== null && isMade(bound.value, file) && (bound.name !== "sql" || bound.isProperty))
      yield found(bound.target, madeAs(bound.name !== null && !bound.isProperty ? bound.name : "a property"));
    else if (bound !== null && nameOf(bare(bound.value)) === "sql" && bound.name !== "sql" && names.isOurs("sql"))
      yield found(bound.target, renamed(bound.isProperty ? "a property" : bound.name, "call sql itself"));
    if (node.type === "CallExpression" && isNode(node.callee) && isMade(node.callee, file))
      yield found(node.callee, madeAs("a function without a name"));
    if (node.type === "TaggedTemplateExpression" && isSql(node.tag, file) && !isOfPackage(node.tag, file))
      yield found(node, "the check reads no tagged text: write sql(`..`)");
    if (node.type === "ImportDeclaration" || node.type === "ExportNamedDeclaration")
      for (const { specifier, name, cure } of names.otherNames(node)) yield found(specifier, renamed(name, cure));
  }
}

function madeAs(name: string): string {
  return `createSql makes ${name}, and the check finds only calls of sql: write const sql = createSql(..)`;
}

function renamed(name: string | null, cure: string): string {
  return `${name ?? "a property"} is sql by another name, and the check finds only calls of sql: ${cure}`;
}

interface Binding {
  readonly target: SyntaxNode;
  /** Null for what has no plain name, such as `this.sql`. */
  readonly name: string | null;
  readonly isProperty: boolean;
  readonly value: SyntaxNode;
}

/** What a node gives to a name or a property. */
function bindingOf(node: SyntaxNode): Binding | null {
  const isProperty = ["Property", "PropertyDefinition", "AccessorProperty"].includes(node.type);
  const [target, value] =
    node.type === "VariableDeclarator"
      ? [node.id, node.init]
      : isProperty
        ? [node.key, node.value]
        : ["AssignmentExpression", "AssignmentPattern"].includes(node.type)
          ? [node.left, node.right]
          : [];
  return isNode(target) && isNode(value) ? { target, name: nameOf(target), isProperty, value } : null;
}

const wrappers = new Set([
  ...["ParenthesizedExpression", "TSAsExpression", "TSSatisfiesExpression", "TSNonNullExpression", "TSTypeAssertion"],
]);

/** An expression without the brackets and types around it. */
function bare(node: SyntaxNode): SyntaxNode {
  return wrappers.has(node.type) && isNode(node.expression) ? bare(node.expression) : node;
}

/** Whether a value is a call of this package's `createSql`, however that is imported. */
function isMade(value: SyntaxNode, file: SourceFile): boolean {
  const { type, callee } = bare(value);
  if (type !== "CallExpression" || !isNode(callee)) return false;
  const imported = file.imported(nameOf(callee) ?? "");
  if (imported?.from === "sqlproof") return imported.name === "createSql";
  if (callee.type !== "MemberExpression" || nameOf(callee.property) !== "createSql") return false;
  return file.namespace(nameOf(callee.object) ?? "") === "sqlproof";
}

/** Whether a tag comes from a package, as other libraries' `sql` does. An alias such as `@/database` is none. */
function isOfPackage(tag: unknown, file: SourceFile): boolean {
  const object = isNode(tag) && tag.type === "MemberExpression" ? tag.object : tag;
  const from = importOf(nameOf(object) ?? "", file)?.from ?? ".";
  return /^(?:@[\w-]+\/)?\w/.test(from) && from !== "sqlproof";
}

/** Where a name of a file is imported from, and by which name: `default` and `*` among them. */
function importOf(local: string, file: SourceFile): { readonly from: string; readonly name: string } | null {
  for (const statement of nodesOf(file.program?.body).filter(({ type }) => type === "ImportDeclaration"))
    for (const specifier of nodesOf(statement.specifiers))
      if (nameOf(specifier.local) === local && isNode(statement.source))
        return { from: String(statement.source.value), name: importedName(specifier) };
  return null;
}

function importedName(specifier: SyntaxNode): string {
  if (specifier.type === "ImportNamespaceSpecifier") return "*";
  return specifier.type === "ImportDefaultSpecifier" ? "default" : (nameOf(specifier.imported) ?? "");
}

interface OtherName {
  readonly specifier: SyntaxNode;
  readonly name: string;
  readonly cure: string;
}

/** The names of one file, and whether they are what `createSql` made. */
class SqlNames {
  constructor(
    private readonly file: SourceFile,
    private readonly files: SourceFiles,
  ) {}

  /** Whether a name of the file was made by `createSql`, here or where it is imported from. */
  isOurs(local: string): boolean {
    return this.#isOursIn(this.file, local, []);
  }

  /** The specifiers of an import or export that give `sql` another name. */
  *otherNames(statement: SyntaxNode): Generator<OtherName> {
    const source = isNode(statement.source) ? String(statement.source.value) : null;
    const isImport = statement.type === "ImportDeclaration";
    if (statement.importKind === "type" || statement.exportKind === "type") return;
    for (const specifier of nodesOf(statement.specifiers)) {
      const outside = isImport ? importedName(specifier) : (nameOf(specifier.local) ?? "");
      const name = nameOf(isImport ? specifier.local : specifier.exported) ?? "";
      if (!["sql", "default"].includes(outside) || ["sql", "default"].includes(name)) continue;
      const isOurs =
        source === null ? this.isOurs(outside) : (this.#isExported(outside, source) ?? this.#isCalled(outside, name));
      const word = isImport ? "import" : "export";
      if (isOurs) yield { specifier, name, cure: `write ${word} ${outside === "default" ? "sql" : "{ sql }"}` };
    }
  }

  /** Null when the other file does not belong to the project. */
  #isExported(name: string, from: string): boolean | null {
    if (!/^\.\.?\//.test(from)) return false;
    const other = this.files.importedBy(this.file, from);
    return other === null ? null : this.#isOursIn(other, name, []);
  }

  /** Whether a file calls a name with a text, as only `sql` is called. */
  #isCalled(outside: string, local: string): boolean {
    if (outside !== "sql") return false;
    for (const { type, callee, tag, arguments: given } of walk(this.file.program)) {
      if (type === "TaggedTemplateExpression" && nameOf(tag) === local) return true;
      const [argument] = type === "CallExpression" && nameOf(callee) === local ? nodesOf(given) : [];
      if (argument === undefined) continue;
      const { type: kind, value } = bare(argument);
      if (["TemplateLiteral", "ObjectExpression"].includes(kind) || typeof value === "string") return true;
    }
    return false;
  }

  #isOursIn(file: SourceFile, name: string, trail: readonly string[]): boolean {
    const step = `${file.name} ${name}`;
    if (trail.includes(step)) return false;
    const follow = (from: string, outside: string): boolean => {
      const other = this.files.importedBy(file, from);
      return other !== null && this.#isOursIn(other, outside, [...trail, step]);
    };
    const exported = file.exported(name);
    if (exported !== undefined && exported.from !== null) return follow(exported.from, exported.name);
    if (exported !== undefined && exported.name !== name) return this.#isOursIn(file, exported.name, [...trail, step]);
    for (const statement of nodesOf(file.program?.body)) {
      const declaration = isNode(statement.declaration) ? bare(statement.declaration) : statement;
      for (const { id, init } of nodesOf(declaration.declarations))
        if (nameOf(id) === name) return isNode(init) && isMade(init, file);
      if (name !== "default" || statement.type !== "ExportDefaultDeclaration") continue;
      return isMade(declaration, file) || this.#isOursIn(file, nameOf(declaration) ?? "", [...trail, step]);
    }
    const imported = importOf(name, file);
    return imported !== null && follow(imported.from, imported.name);
  }
}
