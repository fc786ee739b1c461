import { resolve } from "node:path";
import { Fault } from "./setting-values.ts";

/** Where the data lives. */
export type DatabaseAddress = SqliteAddress | MariadbAddress;

/** An embedded database: one file. */
export interface SqliteAddress {
  readonly engine: "sqlite";
  readonly path: string;
}

/** A database on a MariaDB server. */
export interface MariadbAddress {
  readonly engine: "mariadb";
  readonly host: string;
  readonly port: number;
  /** A local socket instead of host and port, from `?socket=/run/mysqld/mysqld.sock`; else null. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

/** The project's folder, so that it does not matter where the program is started from. */
const projectFolder = resolve(import.meta.dir, "..", "..");
const mariadbPort = 3306;
const examples = "sqlite:data/northwind.db or mysql://user:password@localhost:3306/northwind";

/** Parses `--database`. A fault never repeats the URL: it may hold a password. */
export function parseDatabaseUrl(url: string): DatabaseAddress | Fault {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === "sqlite") return parseSqlite(url.slice("sqlite:".length));
  if (scheme === "mysql" || scheme === "mariadb") return parseMariadb(url);
  return new Fault(`this is not the URL of a database; one looks like ${examples}.`);
}

function parseSqlite(rest: string): SqliteAddress | Fault {
  const path = rest.startsWith("///") ? rest.slice(2) : rest;
  if (path === "" || path.startsWith("//"))
    return new Fault("the file is missing; an example is sqlite:data/northwind.db.");
  if (path === ":memory:") return new Fault("orders live in a file, not in memory only.");
  return { engine: "sqlite", path: resolve(projectFolder, path) };
}

function parseMariadb(url: string): MariadbAddress | Fault {
  if (!URL.canParse(url)) return new Fault(`this is not a URL of MariaDB; an example is ${examples.split(" or ")[1]}.`);
  const parsed = new URL(url);
  const [user, password, name] = [parsed.username, parsed.password, parsed.pathname.slice(1)].map(decode);
  if (user === undefined || password === undefined || name === undefined) {
    return new Fault("a % in it is not followed by two hexadecimal digits; write a real % as %25.");
  }
  if (parsed.hostname === "") return new Fault("the host is missing in the URL of MariaDB.");
  if (parsed.hostname.includes(",")) return new Fault("it names several hosts; name one.");
  if (user === "") return new Fault("the user is missing in the URL of MariaDB.");
  if (!/^[^/\0]{1,64}$/.test(name)) return new Fault("the name of the database is missing at the end of the URL.");
  const unknown = [...parsed.searchParams.keys()].find((key) => key !== "socket");
  if (unknown !== undefined) return new Fault(`"${unknown}" is not a parameter of the URL; the only one is socket.`);
  return {
    engine: "mariadb",
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? mariadbPort : Number.parseInt(parsed.port, 10),
    socketPath: parsed.searchParams.get("socket"),
    user,
    password,
    name,
  };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The database in words for the log and for messages: without the password. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.engine === "sqlite") return address.path;
  const { user, host, port, socketPath, name } = address;
  return `${name} on ${socketPath ?? `${host}:${port}`} as ${user}`;
}
