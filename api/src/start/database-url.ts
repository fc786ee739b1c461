import { resolve } from "node:path";
import { homeFolder } from "./paths.ts";
import { SettingError } from "./setting-values.ts";

/** The address of the configured database. */
export type DatabaseAddress = SqliteAddress | MariadbAddress;

/** An embedded database in one file. */
export interface SqliteAddress {
  readonly engine: "sqlite";
  readonly path: string;
}

/** The host and port of a server. */
export interface HostAndPort {
  readonly host: string;
  readonly port: number;
}

/** A database on a MariaDB server, or on the nodes of one Galera cluster. */
export interface MariadbAddress {
  readonly engine: "mariadb";
  /** One server, or every node of the cluster. Writes go to the first healthy one. */
  readonly nodes: readonly HostAndPort[];
  /** The nodes of a cluster that reads go to: the one that takes the writes, or with `?reads=any` each in turn. */
  readonly reads: "writer" | "any";
  /** A local socket to use instead of host and port, from `?socket=/run/mysqld/mysqld.sock`, or null. */
  readonly socketPath: string | null;
  readonly user: string;
  readonly password: string;
  readonly name: string;
}

const mariadbPort = 3306;
const examples = "sqlite:data/northwind.db or mysql://user:password@localhost:3306/northwind";

/** The URL of a database, with its password: not for messages. */
export function databaseUrl(address: DatabaseAddress): string {
  if (address.engine === "sqlite") return `sqlite:${address.path}`;
  const { user, password, nodes, name, socketPath, reads } = address;
  const login = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
  const places = nodes.map(({ host, port }) => `${host.includes(":") ? `[${host}]` : host}:${port}`).join(",");
  const parameters = new URLSearchParams({ reads, ...(socketPath === null ? {} : { socket: socketPath }) });
  return `mysql://${login}@${places}/${encodeURIComponent(name)}?${parameters}`;
}

/** Parses `--database`. An error never repeats the URL, which may contain a password. */
export function parseDatabaseUrl(url: string): DatabaseAddress | SettingError {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === "sqlite") return parseSqlite(url.slice("sqlite:".length));
  if (scheme === "mysql" || scheme === "mariadb") return parseMariadb(url);
  return new SettingError(`this is not a database URL; an example is ${examples}.`);
}

function parseSqlite(rest: string): SqliteAddress | SettingError {
  const path = rest.startsWith("///") ? rest.slice(2) : rest;
  if (path === "" || path.startsWith("//"))
    return new SettingError("the file is missing; an example is sqlite:data/northwind.db.");
  if (path === ":memory:") return new SettingError("orders must be stored in a file, not only in memory.");
  return { engine: "sqlite", path: resolve(homeFolder, path) };
}

/** Captures the login, the hosts, the name and the parameters. */
const mariadbUrl = /^[a-z]+:\/\/(?:([^/?#]*)@)?([^/?#@]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;

function parseMariadb(url: string): MariadbAddress | SettingError {
  const [, login = "", hosts = "", path = "", query = ""] = mariadbUrl.exec(url) ?? [];
  if (!mariadbUrl.test(url) || /\s/.test(url))
    return new SettingError(`this is not a MariaDB URL; an example is ${examples.split(" or ")[1]}.`);
  const colon = login.indexOf(":");
  const parts = colon === -1 ? [login, "", path] : [login.slice(0, colon), login.slice(colon + 1), path];
  const [user, password, name] = parts.map(decode);
  if (user === undefined || password === undefined || name === undefined) {
    return new SettingError("a % in the URL is not followed by two hexadecimal digits; write a literal % as %25.");
  }
  const nodes = parseHosts(hosts);
  if (nodes instanceof SettingError) return nodes;
  if (user === "") return new SettingError("the user is missing in the MariaDB URL.");
  if (!/^[^/\0]{1,64}$/.test(name)) return new SettingError("the database name is missing at the end of the URL.");
  const parameters = new URLSearchParams(query);
  const unknown = [...parameters.keys()].find((key) => key !== "socket" && key !== "reads");
  if (unknown !== undefined)
    return new SettingError(`"${unknown}" is not a URL parameter; the parameters are socket and reads.`);
  const socketPath = parameters.get("socket");
  if (socketPath !== null && nodes.length > 1)
    return new SettingError("a socket leads to one server, but the URL names several.");
  const reads = parameters.get("reads") ?? "writer";
  if (reads !== "writer" && reads !== "any") return new SettingError('"reads" in the URL must be writer or any.');
  return { engine: "mariadb", nodes, reads, socketPath, user, password, name };
}

/** Parses one or several hosts, separated by commas, each with an optional port. */
function parseHosts(text: string): readonly HostAndPort[] | SettingError {
  const nodes: HostAndPort[] = [];
  for (const [index, part] of text.split(",").entries()) {
    if (part === "" || part.startsWith(":")) return new SettingError("the host is missing in the MariaDB URL.");
    const shape = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(part);
    const [, host = "", digits] = shape ?? [];
    const port = digits === undefined ? mariadbPort : Number.parseInt(digits, 10);
    if (shape === null || port < 1 || port > 65_535)
      return new SettingError(`host number ${index + 1} in the URL must look like db.example:3306.`);
    const node = { host: host.replace(/^\[|\]$/g, "").toLowerCase(), port };
    if (nodes.some((other) => other.host === node.host && other.port === port))
      return new SettingError("the URL names the same host and port twice.");
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

/** Describes the database for messages, without its password. */
export function describeDatabase(address: DatabaseAddress): string {
  if (address.engine === "sqlite") return address.path;
  const { user, name } = address;
  return `${name} on ${placeOf(address)} as ${user}`;
}

/** The socket or the hosts and ports of a server or cluster, for messages. */
export function placeOf({ socketPath, nodes }: MariadbAddress): string {
  return socketPath ?? nodes.map(({ host, port }) => `${host}:${port}`).join(", ");
}
