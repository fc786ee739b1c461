import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dir, "..", "..");

/** A program that answers the eight routes. */
export interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  /** Programs that must be on the PATH, and where to get them. */
  readonly needs: ReadonlyMap<string, string>;
  readonly build: readonly string[];
  readonly run: (place: Place) => readonly string[];
  /** `statement`: it is no server, but queries MariaDB directly. */
  readonly database: "mariadb" | "sqlite" | "none" | "statement";
  /** Only its start and its memory are measured. */
  readonly startOnly?: true;
}

/** Where a contestant listens, and what it may use. */
export interface Place {
  readonly port: number;
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly cpus: number;
}

/** The name of this project's own program among the contestants. */
export const ours = "ours";
export const oursOnSqlite = "ours-sqlite";
export const bare = "bare";
export const bareWithDatabase = "bare-mariadb";
export const databaseCeiling = "database";
/** Contestants that are no peers. */
export const noPeers: readonly string[] = [oursOnSqlite, bare, bareWithDatabase, databaseCeiling];

/** All contestants: ours, the peers (folders with a `contestant.json`), and those that are no peers. */
export function contestants(): readonly Contestant[] {
  const bench = join(root, "bench");
  const peers = readdirSync(bench)
    .filter((name) => existsSync(join(bench, name, "contestant.json")))
    .map((name) => peerIn(join(bench, name)));
  const title = `Northwind Orders (TypeScript, Bun ${Bun.version})`;
  return [
    program(ours, `${title} on MariaDB`, "mariadb"),
    ...peers,
    program(oursOnSqlite, `${title} on SQLite`, "sqlite"),
    { ...floor(bare, "bench/floor/bare.ts"), title: "bare Bun.serve" },
    {
      ...floor(bareWithDatabase, "bench/floor/bare-mariadb.ts"),
      title: "bare Bun.serve with MariaDB",
      startOnly: true,
    },
  ];
}

/** Our API as it is shipped, with default settings except for the log, which the peers do not write either. */
function program(name: string, title: string, database: "mariadb" | "sqlite"): Contestant {
  return {
    name,
    title,
    folder: root,
    needs: new Map(),
    build: ["npm", "run", "build"],
    database,
    run: ({ port, databaseUrl, poolSize }) => [
      "dist/northwind",
      ...["--port", `${port}`, "--database", databaseUrl, "--pool-size", `${poolSize}`],
      ...["--no-pages", "--log-level", "off", "--notice-ms", "0"],
    ],
  };
}

/** A limit that no server in this runtime can beat: no router, no checks, compiled like ours. */
function floor(name: string, source: string) {
  const file = join(root, ".cache/bench", name);
  const compile = ["build", "--compile", "--bytecode", "--outfile", file, source];
  const build = [process.execPath, ...compile];
  return { name, folder: root, needs: new Map<string, string>(), build, run: () => [file], database: "none" as const };
}

function peerIn(folder: string): Contestant {
  const json: unknown = JSON.parse(readFileSync(join(folder, "contestant.json"), "utf8"));
  if (!isPeer(json)) throw new Error(`${folder}/contestant.json lacks name, title, needs, howToGet, build or run.`);
  const { name, title, needs, howToGet, build, run } = json;
  const sources = new Map(Object.entries(howToGet));
  return {
    name,
    title,
    folder,
    needs: new Map(needs.map((need) => [need, String(sources.get(need) ?? "its own site")])),
    build,
    run: () => run,
    database: "mariadb",
  };
}

interface Manifest {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly string[];
  readonly howToGet: object;
  readonly build: readonly string[];
  readonly run: readonly string[];
}

function isPeer(json: unknown): json is Manifest {
  if (typeof json !== "object" || json === null) return false;
  const isList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === "string");
  return (
    "name" in json &&
    typeof json.name === "string" &&
    "title" in json &&
    typeof json.title === "string" &&
    "howToGet" in json &&
    typeof json.howToGet === "object" &&
    json.howToGet !== null &&
    "needs" in json &&
    isList(json.needs) &&
    "build" in json &&
    isList(json.build) &&
    "run" in json &&
    isList(json.run)
  );
}

/** The programs that are missing to build and run it, each with where to get it. */
export function missing({ needs }: Contestant): readonly string[] {
  return [...needs].filter(([need]) => Bun.which(need) === null).map(([need, source]) => `${need} (${source})`);
}
