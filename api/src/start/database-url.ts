import { resolve } from "node:path";
import { homeFolder } from "./paths.ts";
import { SettingError } from "./setting-values.ts";

/** Where the data lives. */
export type DatabaseAddress = SqliteAddress | MariadbAddress;

/** An embedded database: one file. */
export interface SqliteAddress {
  readonly engine: "sqlite";
  readonly path: string;
}

/** Where a server listens. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A database on a MariaDB server, or on the nodes of one Galera cluster. */
export interface MariadbAddress {
  readonly engine: "mariadb";
  /** One, or every node of the cluster; writes go to the first that is well. */
  readonly nodes: readonly HostAndPort[];
  /** Where reads go in a cluster, from `?reads=any`: to the node that writes go to, or to each in its turn. */
  readonly reads: "writer" | "any";
  /** A local socket instead of host and port, from `?socket=/run/mysqld/mysqld.sock`; else null. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

const mariadbPort = 3306;
const examples = "sqlite:data/northwind.db or mysql://user:password@localhost:3306/northwind";

/** Parses `--database`. A error never repeats the URL: it may hold a password. */
export function parseDatabaseUrl(url: string): DatabaseAddress | SettingError {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === "sqlite") return parseSqlite(url.slice("sqlite:".length));
  if (scheme === "mysql" || scheme === "mariadb") return parseMariadb(url);
  return new SettingError(`this is not the URL of a database; one looks like ${examples}.`);
}

function parseSqlite(rest: string): SqliteAddress | SettingError {
  const path = rest.startsWith("///") ? rest.slice(2) : rest;
  if (path === "" || path.startsWith("//"))
    return new SettingError("the file is missing; an example is sqlite:data/northwind.db.");
  if (path === ":memory:") return new SettingError("orders live in a file, not in memory only.");
  return { engine: "sqlite", path: resolve(homeFolder, path) };
}

/** User and password, the hosts, the name, the parameters. */
const mariadbUrl = /^[a-z]+:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

function parseMariadb(url: string): MariadbAddress | SettingError {
  const [, login = "", hosts = "", path = "", query = ""] = mariadbUrl.exec(url) ?? [];
  if (!mariadbUrl.test(url) || /\s/.test(url))
    return new SettingError(`this is not a URL of MariaDB; an example is ${examples.split(" or ")[1]}.`);
  const colon = login.indexOf(":");
  const parts = colon === -1 ? [login, "", path] : [login.slice(0, colon), login.slice(colon + 1), path];
  const [user, password, name] = parts.map(decode);
  if (user === undefined || password === undefined || name === undefined) {
    return new SettingError("a % in it is not followed by two hexadecimal digits; write a real % as %25.");
  }
  const nodes = parseHosts(hosts);
  if (nodes instanceof SettingError) return nodes;
  if (user === "") return new SettingError("the user is missing in the URL of MariaDB.");
  if (!/^[^/\0]{1,64}$/.test(name))
    return new SettingError("the name of the database is missing at the end of the URL.");
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((key) => key !== "socket" && key !== "reads");
  if (unknown !== undefined)
    return new SettingError(`"${unknown}" is not a parameter of the URL; they are socket and reads.`);
  const socketPath = parameters.get("socket");
  if (socketPath !== null && nodes.length > 1)
    return new SettingError("a socket leads to one server, but it names several.");
  const reads = parameters.get("reads") ?? "writer";
  if (reads !== "writer" && reads !== "any") return new SettingError('"reads" in the URL is none of writer, any.');
  return { engine: "mariadb", nodes, reads, socketPath, user, password, name };
}

/** One host or several, separated by commas, each with or without its port. */
function parseHosts(text: string): readonly HostAndPort[] | SettingError {
  const nodes: HostAndPort[] = [];
  for (const [index, part] of text.split(",").entries()) {
    if (part === "" || part.startsWith(":")) return new SettingError("the host is missing in the URL of MariaDB.");
    const shape = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(part);
    const [, host = "", digits] = shape ?? [];
    const port = digits === undefined ? mariadbPort : Number.parseInt(digits, 10);
    if (shape === null || port < 1 || port > 65_535)
      return new SettingError(`host number ${index + 1} in the URL is not like db.example:3306.`);
    const node = { host: host.replace(/^\[|\]$/g, "").toLowerCase(), port };
    if (nodes.some((other) => other.host === node.host && other.port === port))
      return new SettingError("it names the same host and port twice.");
    nodes.push(node);
  }
  return nodes;
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
  const { user, name } = address;
  return `${name} on ${placeOf(address)} as ${user}`;
}

/** Where the server is, or the nodes of the cluster are. */
export function placeOf({ socketPath, nodes }: MariadbAddress): string {
  return socketPath ?? nodes.map(({ host, port }) => `${host}:${port}`).join(", ");
}
