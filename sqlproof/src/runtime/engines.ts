import type { Engine } from "./types.ts";

/** What there is once per engine of a project: for both engines, or for the only one that the project names. */
export type Engines<M extends NonNullable<unknown>, S extends NonNullable<unknown> = M> =
  | { readonly mariadb: M; readonly sqlite: S }
  | { readonly mariadb: M; readonly sqlite: null }
  | { readonly mariadb: null; readonly sqlite: S };

/** The same engines with something else for each. */
export function onEngines<
  M extends NonNullable<unknown>,
  S extends NonNullable<unknown>,
  A extends NonNullable<unknown>,
  B extends NonNullable<unknown>,
>(engines: Engines<M, S>, mariadb: (of: M) => A, sqlite: (of: S) => B): Engines<A, B> {
  const [m, s]: readonly [M | null, S | null] = [engines.mariadb, engines.sqlite];
  const made = enginesOf(m === null ? null : mariadb(m), s === null ? null : sqlite(s));
  if (made === null) throw new Error("a project names at least one engine");
  return made;
}

const names: Readonly<Record<Engine, string>> = { mariadb: "MariaDB", sqlite: "SQLite" };

/** How an engine is named in a message. */
export function engineName(engine: Engine): string {
  return names[engine];
}

/** The engines of a project as a message names them: `MariaDB and SQLite`, or the only one. */
export function engineNames(engines: Engines<NonNullable<unknown>>): string {
  const { mariadb, sqlite } = engines;
  return [mariadb === null ? [] : names.mariadb, sqlite === null ? [] : names.sqlite].flat().join(" and ");
}

/** Both parts, or the only one that there is; null without any. */
export function enginesOf<M extends NonNullable<unknown>, S extends NonNullable<unknown>>(
  mariadb: M | null,
  sqlite: S | null,
): Engines<M, S> | null {
  if (mariadb !== null) return sqlite === null ? { mariadb, sqlite } : { mariadb, sqlite };
  return sqlite === null ? null : { mariadb, sqlite };
}
