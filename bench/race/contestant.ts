import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dir, "..", "..");

/** One program that answers the eight routes. */
export interface Contestant {
  readonly name: string;
  readonly title: string;
  readonly folder: string;
  /** Programs that must be on the PATH, with where they come from. */
  readonly needs: ReadonlyMap<string, string>;
  readonly build: readonly string[];
  readonly run: (place: Place) => readonly string[];
  /** `statement`: it is no server, but asks MariaDB itself. */
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
/** Measured beside the peers, and none of them. */
export const noPeers: readonly string[] = [oursOnSqlite, bare, bareWithDatabase, databaseCeiling];

/** Who takes part: ours, then whoever has a `contestant.json`. */
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

/** Ours as it is shipped, with the settings of any user but the log, which the peers do not write either. */
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
      ...["--log-level", "off", "--notice-ms", "0"],
    ],
  };
}

/** What no server in this runtime can beat: no router, no checks, compiled as ours is. */
function floor(name: string, source: string) {
  const file = join(root, ".cache/bench", name);
  const compile = ["build", "--compile", "--bytecode", "--outfile", file, source];
  const build = [process.execPath, ...compile];
  return { name, folder: root, needs: new Map<string, string>(), build, run: () => [file], database: "none" as const };
}

function peerIn(folder: string): Contestant {
  const told: unknown = JSON.parse(readFileSync(join(folder, "contestant.json"), "utf8"));
  if (!isPeer(told)) throw new Error(`${folder}/contestant.json lacks name, title, needs, howToGet, build or run.`);
  const { name, title, needs, howToGet, build, run } = told;
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

interface Told {
  readonly name: string;
  readonly title: string;
  readonly needs: readonly string[];
  readonly howToGet: object;
  readonly build: readonly string[];
  readonly run: readonly string[];
}

function isPeer(told: unknown): told is Told {
  if (typeof told !== "object" || told === null) return false;
  const isList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === "string");
  return (
    "name" in told &&
    typeof told.name === "string" &&
    "title" in told &&
    typeof told.title === "string" &&
    "howToGet" in told &&
    typeof told.howToGet === "object" &&
    told.howToGet !== null &&
    "needs" in told &&
    isList(told.needs) &&
    "build" in told &&
    isList(told.build) &&
    "run" in told &&
    isList(told.run)
  );
}

/** What is missing to build and run it, each with where to get it; empty when nothing is. */
export function missing({ needs }: Contestant): readonly string[] {
  return [...needs].filter(([need]) => Bun.which(need) === null).map(([need, source]) => `${need} (${source})`);
}
