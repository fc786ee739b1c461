import { readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "oxc-parser";
import type { Config } from "../../../sqlproof/src/check/config.ts";
import { isNode, nameOf, nodesOf, type SyntaxNode, walk } from "../../../sqlproof/src/check/parse/syntax.ts";
import { filesOf, readProject } from "../../../sqlproof/src/check/project.ts";
import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";

/** The parameters of each query that a caller writes down in an object literal, with one place of each. */
export type WrittenParameters = ReadonlyMap<string, ReadonlyMap<string, string>>;

const methods = ["one", "maybe", "all", "run"];

/**
 * A parameter that a mutant lost is an error of the compiler where a caller writes it in an object literal: "Object
 * literal may only specify known properties". Returns such a place, or null when the compiler might accept the mutant;
 * then only a test can stop it, as it must where columns changed that perhaps nothing reads.
 */
export function refusedByTypes(
  original: Proof,
  mutant: Proof,
  written: WrittenParameters,
  query: string,
): string | null {
  const rest = new Set(mutant.parameters.map(({ name }) => name));
  for (const { name } of original.parameters) {
    const place = rest.has(name) ? undefined : written.get(query)?.get(name);
    if (place !== undefined) return `${place}: ${name} is no parameter`;
  }
  return null;
}

/** Reads the program's calls of its queries. */
export function writtenParameters(config: Config): WrittenParameters {
  const files = new Map<string, SyntaxNode>();
  for (const file of filesOf(config)) {
    if (file.endsWith(".test.ts")) continue;
    const program: unknown = parseSync(file, readFileSync(join(config.root, file), "utf8")).program;
    if (isNode(program)) files.set(file, program);
  }
  const queries = namesOfQueries(config, files);
  const found = new Map<string, Map<string, string>>();
  for (const [file, program] of files) {
    const imported = importsOf(file, program);
    for (const call of walk(program)) {
      const asked = queryOf(call);
      const query = asked === null ? undefined : queries.get(imported.get(asked.name) ?? `${file} ${asked.name}`);
      if (asked === null || query === undefined) continue;
      const places = found.get(query) ?? new Map<string, string>();
      for (const name of asked.properties) places.set(name, `${file}, in a call of ${asked.name}`);
      found.set(query, places);
    }
  }
  return found;
}

/** Each query by its file and the name of its constant. */
function namesOfQueries(config: Config, files: ReadonlyMap<string, SyntaxNode>): Map<string, string> {
  const byPlace = new Map<string, string>();
  for (const [query, places] of readProject(config).places)
    for (const { file, line } of places) byPlace.set(`${file}:${line}`, query);
  const names = new Map<string, string>();
  for (const [file, program] of files) {
    const source = readFileSync(join(config.root, file), "utf8");
    for (const node of walk(program)) {
      if (node.type !== "VariableDeclarator" || !isNode(node.init) || !isNode(node.init.callee)) continue;
      const [argument] = nodesOf(node.init.arguments);
      if (nameOf(node.init.callee) !== "sql" || argument === undefined) continue;
      const line = source.slice(0, argument.start).split("\n").length;
      const query = byPlace.get(`${file}:${line}`);
      if (query !== undefined) names.set(`${file} ${nameOf(node.id)}`, query);
    }
  }
  return names;
}

/** The file and name behind each imported name. */
function importsOf(file: string, program: SyntaxNode): Map<string, string> {
  const imported = new Map<string, string>();
  for (const node of walk(program)) {
    if (node.type !== "ImportDeclaration" || !isNode(node.source) || typeof node.source.value !== "string") continue;
    const from = posix.join(posix.dirname(file), node.source.value);
    for (const specifier of nodesOf(node.specifiers))
      imported.set(`${nameOf(specifier.local)}`, `${from} ${nameOf(specifier.imported)}`);
  }
  return imported;
}

/** A call such as `tx.run(query, { id, version })`. */
function queryOf(call: SyntaxNode): { name: string; properties: string[] } | null {
  if (call.type !== "CallExpression" || !isNode(call.callee)) return null;
  const [query, parameters] = nodesOf(call.arguments);
  const method = nameOf(call.callee.property);
  const name = nameOf(query);
  if (method === null || !methods.includes(method) || name === null || parameters?.type !== "ObjectExpression")
    return null;
  return { name, properties: nodesOf(parameters.properties).flatMap(({ key }) => nameOf(key) ?? []) };
}
