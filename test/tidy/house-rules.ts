import { bannedWords } from "./banned-words.ts";
import { rooms } from "./rooms.ts";
import {
  isNode,
  isTest,
  isTypescript,
  literalText,
  type Node,
  nodes,
  type Rule,
  resolveFrom,
  type Tree,
} from "./tree.ts";

const folderLimit = 15;
/** Folders with one file per case, which may have any number of files. */
const registers: ReadonlyMap<string, string> = new Map([
  ["docs/decisions", "one file per decision"],
  ["schema/mariadb", "one file per migration"],
  ["schema/sqlite", "one file per migration"],
  [".sqlproof/queries", "one file per query"],
]);

const smallFolders: Rule = {
  name: `a folder has at most ${folderLimit} files, not counting tests and registers`,
  planted: Object.fromEntries(Array.from({ length: folderLimit + 1 }, (_, n) => [`api/src/orders/part-${n}.ts`, ""])),
  find(tree) {
    const files = new Map<string, number>();
    for (const path of tree.keys()) {
      const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
      if (!isTest(path) && !registers.has(folder)) files.set(folder, (files.get(folder) ?? 0) + 1);
    }
    return [...files].filter(([, count]) => count > folderLimit).map(([folder, count]) => `${folder}: ${count} files`);
  },
};

/** The packages of this repository by the names that imports use. */
const packages: ReadonlyMap<string, string> = new Map([
  ["sqlproof", "sqlproof"],
  ["northwind-schema", "schema"],
  ["northwind-api", "api"],
]);

function isScript(path: string): boolean {
  return (isTypescript(path) || path.endsWith(".mjs")) && !path.includes("/wrong-programs/");
}

const importTypes: ReadonlySet<string> = new Set([
  ...["ImportDeclaration", "ExportNamedDeclaration", "ExportAllDeclaration", "ImportExpression"],
  // `import("./a.ts").A` in a type.
  "TSImportType",
]);

/** The imports of a file from this repository, including type imports: paths of files or folders of packages. */
function importsOf(path: string, text: string, tree: Tree): readonly string[] {
  return nodes(path, text).flatMap(([{ type, source }]) => {
    if (!importTypes.has(type) || !isLiteral(source)) return [];
    const written = literalText(source) ?? "";
    if (written.startsWith(".")) {
      const file = resolveFrom(path, written);
      return tree.has(file) ? [file] : [];
    }
    const name = written.split("/")[0] ?? "";
    const folder = packages.get(name);
    if (folder === undefined) return [];
    const file = exportedFile(folder, `.${written.slice(name.length)}`, tree);
    return [tree.has(file) ? file : folder];
  });
}

/** The file that a package offers under a name such as `./sql`: the one that its package.json states, or that path. */
function exportedFile(folder: string, name: string, tree: Tree): string {
  const { exports = {} } = JSON.parse(tree.get(`${folder}/package.json`) ?? "{}");
  return resolveFrom(`${folder}/package.json`, String(exports[name] ?? name));
}

function isLiteral(value: unknown): value is Parameters<typeof literalText>[0] {
  return typeof value === "object" && value !== null && "type" in value;
}

const noImportCycles: Rule = {
  name: "imports between files have no cycles",
  planted: {
    "api/src/a.ts": 'import { b } from "./b.ts";',
    "api/src/b.ts": 'import type { C } from "./c.ts";',
    "api/src/c.ts": 'export { a } from "./a.ts";',
    "schema/package.json": '{ "exports": { "./sql": "./sql.ts" } }',
    "schema/sql.ts": 'export type D = import("./d.ts").D;',
    "schema/d.ts": 'import "northwind-schema/sql";',
  },
  violations: 2,
  find(tree) {
    const found: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, importers: readonly string[]): void => {
      const begin = importers.indexOf(path);
      if (begin >= 0) found.push([...importers.slice(begin), path].join(" -> "));
      if (begin >= 0 || done.has(path)) return;
      for (const next of importsOf(path, tree.get(path) ?? "", tree))
        if (isScript(next)) visit(next, [...importers, path]);
      done.add(path);
    };
    for (const path of tree.keys()) if (isScript(path)) visit(path, []);
    return found;
  },
};

/** The room to which a file belongs: the matching one with the longest name. */
function roomOf(path: string): string | null {
  const isWithin = (room: string) => path === room || path.startsWith(`${room}/`);
  const all = Object.keys(rooms).filter(isWithin);
  return all.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

const roomImports: Rule = {
  name: "rooms import only from rooms that rooms.ts allows",
  planted: {
    "api/src/contract/a.ts": 'import { b } from "../http/b.ts";',
    "api/src/http/b.ts": 'import { c } from "../contract/c.ts";',
    "api/src/contract/c.ts": "",
    "api/src/attic/d.ts": "",
  },
  violations: 2,
  find(tree) {
    const found: string[] = [];
    for (const [path, text] of tree) {
      const room = isScript(path) && !isTest(path) ? roomOf(path) : null;
      if (room === null) continue;
      // A folder that is not listed would belong to the room of its parent, which may import everything.
      if (room === "api/src" && path.split("/").length > 3) found.push(`${path}: rooms.ts does not list its folder`);
      const allowed = rooms[room] ?? [];
      for (const target of importsOf(path, text, tree)) {
        const other = roomOf(target) ?? target;
        const isAllowed = [other, target].some((place) =>
          [room, ...allowed].some((one) => place === one || place.startsWith(`${one}/`)),
        );
        if (!isAllowed) found.push(`${path}: ${room} may not import ${target}`);
      }
    }
    return found;
  },
};

/** The words of a name, which are the same for `orderDetails` and `order-details`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
}

function bannedIn(path: string, name: string): string | null {
  for (const word of wordsOf(name)) {
    const banned = bannedWords.get(word);
    if (banned !== undefined && !banned.except.some((place) => path.startsWith(place)))
      return `${word} in ${name}; use ${banned.instead}`;
  }
  return null;
}

const standardTerms: Rule = {
  name: "names of files and exports contain no banned words",
  planted: {
    "web/nouns/list.ts": "",
    "api/src/a.ts": "export function keptAnswer() {}\nexport interface Lot {}",
    "api/src/b.ts": "export default class Lot {}",
    "api/src/c.ts":
      "const a = 1;\nexport { a as lot };\nexport const { b: [sheet] } = c;\nexport * as nouns from './a.ts';",
  },
  violations: 7,
  find(tree) {
    const found: string[] = [];
    for (const [path, text] of tree) {
      if (!isScript(path) || path.startsWith("test/tidy/")) continue;
      const file = bannedIn(path, path);
      if (file !== null) found.push(`${path}: ${file}`);
      for (const [node] of nodes(path, text)) {
        for (const name of exportedNames(node)) {
          const violation = bannedIn(path, name);
          if (violation !== null) found.push(`${path}: ${violation}`);
        }
      }
    }
    return found;
  },
};

/** The names under which a statement exports something. A default export counts under the name it has in its file. */
function exportedNames({ type, declaration, specifiers, exported }: Node): readonly string[] {
  if (type === "ExportAllDeclaration") return namesIn(exported);
  if (type === "ExportDefaultDeclaration") return [...declaredNames(declaration), ...namesIn(declaration)];
  if (type !== "ExportNamedDeclaration") return [];
  const renamed = Array.isArray(specifiers) ? specifiers.flatMap((one: Node) => namesIn(one.exported)) : [];
  return [...declaredNames(declaration), ...renamed];
}

function declaredNames(declaration: unknown): readonly string[] {
  if (typeof declaration !== "object" || declaration === null) return [];
  if ("declarations" in declaration && Array.isArray(declaration.declarations))
    return declaration.declarations.flatMap((one: unknown) => nameOf(one));
  return nameOf(declaration);
}

function nameOf(node: unknown): readonly string[] {
  return typeof node === "object" && node !== null && "id" in node ? namesIn(node.id) : [];
}

/** The names that an identifier, a string as a name or a pattern binds. */
function namesIn(binding: unknown): readonly string[] {
  if (!isNode(binding)) return [];
  const { type, name, value, properties, elements, argument, left } = binding;
  if (type === "Identifier") return typeof name === "string" ? [name] : [];
  if (type === "Literal") return typeof value === "string" ? [value] : [];
  if (type === "ObjectPattern" && Array.isArray(properties)) return properties.flatMap(namesIn);
  if (type === "ArrayPattern" && Array.isArray(elements)) return elements.flatMap(namesIn);
  if (type === "Property") return namesIn(value);
  return type === "RestElement" ? namesIn(argument) : namesIn(type === "AssignmentPattern" ? left : null);
}

/** Private phrases that must not return in documents and comments. */
const privatePhrases =
  /\b(standing answers?|in company|gathered (reads|writes)|kept answers?|nouns?|shared reads?|of one moment|held against)\b/i;

const standardPhrases: Rule = {
  name: "documents and comments use standard terms",
  planted: { "README.md": "Reads of one moment are joined.", "a.ts": "// A noun with five routes." },
  violations: 2,
  find(tree) {
    const found: string[] = [];
    for (const [path, text] of tree) {
      if (!(isScript(path) || path.endsWith(".md")) || path.startsWith("test/tidy/")) continue;
      for (const [index, line] of text.split("\n").entries()) {
        const match = privatePhrases.exec(line);
        if (match !== null) found.push(`${path}:${index + 1}: ${match[0]}`);
      }
    }
    return found;
  },
};

/** The rules about folders, imports, names and words. */
export const houseRules: readonly Rule[] = [smallFolders, noImportCycles, roomImports, standardTerms, standardPhrases];
