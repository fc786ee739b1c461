// The URL of a request: its path with ids, and its query.
import { readPathId } from "./query-parameters.ts";

/** Parses the URL of a request. It has no host if the request has no `Host` header. */
export function absoluteUrl(url: string): URL {
  return new URL(url, "http://localhost");
}

/** The parts of a path that a route leaves open, as they were sent. */
export type Params = Readonly<Record<string, string>>;

/** The names in braces in a path: `id` for `/api/orders/{id}`. */
type PathIds<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | PathIds<Rest> : never;

/** The ids in a path, by name. */
export type Path<P extends string> = { readonly [name in PathIds<P>]: number };

/** Reads the ids in a path. */
export function pathReader<P extends string>(names: readonly string[]): (params: Params) => Path<P> {
  const isPath = (ids: Readonly<Record<string, number>>): ids is Path<P> => names.every((name) => name in ids);
  return (params) => {
    const ids: Record<string, number> = {};
    for (const name of names) ids[name] = readPathId(params[name] ?? "", name);
    if (!isPath(ids)) throw new Error("the path lacks an id");
    return ids;
  };
}

/** The names in braces in a path. */
export function idsIn(path: string): string[] {
  return Array.from(path.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? "");
}

/**
 * Writes the path of a request as the route declares it, with its ids. A request may spell the same path differently
 * (`/api/orders/%31`), but the place of its Idempotency-Key must be the same.
 */
export function pathWriter(path: string): (params: Params) => string {
  const parts = path.split(/\{(\w+)\}/);
  return (params) => parts.map((part, index) => (index % 2 === 1 ? (params[part] ?? "") : part)).join("");
}

/** The query of a request with `dry_run` in it. */
export function asDryRun(queryText: string): string {
  const query = new URLSearchParams(queryText);
  query.set("dry_run", "1");
  return query.toString();
}
