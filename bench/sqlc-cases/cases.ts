import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** The dialects in which sqlc's cases are written. */
export type Dialect = "mysql" | "sqlite" | "postgresql";

/** One schema of sqlc's cases, with its queries. */
export interface Case {
  /** The folder, relative to the repository. */
  readonly name: string;
  readonly dialect: Dialect;
  readonly schema: string;
  readonly queries: readonly Written[];
}

/** One query as it stands in a case. */
export interface Written {
  readonly name: string;
  readonly text: string;
}

/**
 * Reads the end-to-end cases of a clone of sqlc. Cases in which sqlc itself reports errors are left out. Cases with the
 * same schema are one case, and the same query on the same schema counts once.
 */
export function readCases(repository: string): readonly Case[] {
  const root = join(repository, "internal/endtoend/testdata");
  const found = new Map<string, { first: Case; queries: Map<string, Written> }>();
  for (const file of configFiles(root))
    for (const one of casesOf(file, repository)) {
      const key = `${one.dialect}\n${one.schema}`;
      const known = found.get(key) ?? { first: one, queries: new Map() };
      found.set(key, known);
      for (const query of one.queries) {
        const words = query.text.replaceAll(/\s+/g, " ");
        if (!known.queries.has(words)) known.queries.set(words, query);
      }
    }
  return [...found.values()].map(({ first, queries }) => ({ ...first, queries: [...queries.values()] }));
}

function configFiles(root: string): string[] {
  const names = readdirSync(root, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => /(^|\/)sqlc\.(json|yaml|yml)$/.test(name))
    .sort()
    .map((name) => join(root, name));
}

function casesOf(file: string, repository: string): Case[] {
  const folder = dirname(file);
  if (existsSync(join(folder, "stderr.txt"))) return [];
  const config: unknown = Bun.YAML.parse(readFileSync(file, "utf8"));
  return [...entries(config, "packages"), ...entries(config, "sql")].flatMap((entry) => {
    const dialect = dialectOf(entry.engine);
    if (dialect === null) return [];
    const read = (value: unknown): string[] => textsOf(value, folder);
    const queries = read(entry.queries).flatMap(queriesIn);
    const schema = read(entry.schema).map(upwards).join("\n;\n");
    return [{ name: relative(repository, folder), dialect, schema, queries }];
  });
}

function entries(config: unknown, key: "packages" | "sql"): Record<string, unknown>[] {
  const list = isRecord(config) ? config[key] : null;
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function dialectOf(engine: unknown): Dialect | null {
  if (engine === undefined || engine === "postgresql") return "postgresql";
  return engine === "mysql" || engine === "sqlite" ? engine : null;
}

/** The texts of a file, a folder, or a list of both. */
function textsOf(value: unknown, folder: string): string[] {
  const paths = Array.isArray(value) ? value : [value];
  return paths.flatMap((path) => {
    if (typeof path !== "string") return [];
    const whole = join(folder, path);
    if (!existsSync(whole)) return [];
    if (!statSync(whole).isDirectory()) return [readFileSync(whole, "utf8")];
    const names = readdirSync(whole).filter((name) => name.endsWith(".sql") && !name.endsWith(".down.sql"));
    return names.sort().map((name) => readFileSync(join(whole, name), "utf8"));
  });
}

/** The part of a migration that makes tables, as sqlc reads it. */
function upwards(text: string): string {
  return text.split(/^-- *(?:\+goose Down|\+migrate Down|migrate:down|-- create above).*$/im)[0] ?? "";
}

const head = /^[ \t]*(?:--|#|\/\*)[ \t]*name:[ \t]*(\w+)[^\n]*$/gm;

function queriesIn(text: string): Written[] {
  const heads = [...text.matchAll(head)];
  return heads.map((match, index) => {
    const body = text.slice(match.index + match[0].length, heads[index + 1]?.index ?? text.length);
    return { name: match[1] ?? "", text: plain(body) };
  });
}

/** Without comments before and after, and without the semicolon. */
function plain(body: string): string {
  const withoutLines = body.replaceAll(/^[ \t]*(--|#).*$/gm, "");
  return withoutLines.replaceAll(/^(\s|\/\*[^+][\s\S]*?\*\/)+/g, "").replace(/(\s|;|\/\*[^+][\s\S]*?\*\/)+$/, "");
}
