import { expect } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openSqlite } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite } from "sqlproof/migrations";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { type AccessOptions, CurrentAccess } from "./access/current.ts";
import type { FirstUserLink } from "./access/first-user/link.ts";
import { businessTime } from "./company/business-time.ts";
import { CurrentCompany } from "./company/current.ts";
import { createLog } from "./http/log.ts";
import { type RunningServer, type ServerConfig, startServer } from "./http/server.ts";
import { createReporter } from "./report-list.ts";
import type { ReportSource } from "./reports/messages.ts";

/*
 * For tests: the real server on both engines, each with its own empty database. Every call is sent to both over HTTP,
 * and the two answers must be equal, so that each test covers both engines.
 */

const schemaFolder = join(import.meta.dir, "..", "..", "schema");

/** On a busy machine MariaDB starts slowly. */
export const startTimeoutMs = 60_000;

/** One MariaDB server for all tests of this process, stopped when no test uses it any more. */
let server: Promise<PrivateMariadb> | undefined;
let databaseCount = 0;
let userCount = 0;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; `unknown` members are for `expect`. */
  readonly body: ReplyBody;
  readonly text: string;
}

interface ReplyBody {
  readonly success?: boolean;
  readonly message?: string;
  readonly data?: unknown;
  readonly code?: string;
  readonly errors?: readonly {
    readonly pointer?: string;
    readonly header?: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly page?: { readonly limit: number; readonly next_cursor: string | null };
  readonly [member: string]: unknown;
}

export interface CallOptions {
  /** Text or bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Both servers behind one call. */
export interface BothEngines {
  /** Sends a request to both servers and returns their answer. Fails the test if the answers differ. */
  call(method: string, path: string, options?: CallOptions): Promise<Reply>;
  /** Runs `work` on both databases, for things that have no route. Fails the test if the results differ. */
  onDatabases<T>(work: (database: Database) => Promise<T>): Promise<void>;
  readonly servers: readonly RunningServer[];
  readonly logs: readonly string[];
  stop(): Promise<void>;
}

interface TestConfig extends Partial<ServerConfig> {
  readonly reportsInThread?: boolean;
  /** The clock of sessions and codes, in milliseconds since 1970. Default: that of the machine. */
  readonly now?: () => number;
  /** Default: open on loopback. */
  readonly access?: Partial<AccessOptions>;
  readonly firstUserLink?: FirstUserLink;
}

/** Starts both servers. Call `stop` after the tests. */
export async function startBothEngines({
  now,
  access,
  firstUserLink,
  ...config
}: TestConfig = {}): Promise<BothEngines> {
  const folder = mkdtempSync(join(tmpdir(), "northwind-api-"));
  const databases = await Promise.all([newSqlite(folder), newMariadb()]);
  const logs: string[] = [];
  const log = createLog("info", { sink: async (lines) => logs.push(...lines.trimEnd().split("\n")) });
  const reporters = databases.map(({ database, source }) =>
    createReporter(database, config.reportsInThread ? source : null, config.reportsInThread ? { largeFrom: 0 } : {}),
  );
  const companies = await Promise.all(databases.map(({ database }) => CurrentCompany.open(database)));
  const servers = databases.map(({ database }, index) =>
    startServer({
      config: { port: 0, host: "127.0.0.1", corsOrigins: [], ...config },
      database,
      access: new CurrentAccess(database, {
        ...{ isOpenWithoutUsers: true, hasSecureCookies: config.hasSecureCookies ?? false },
        ...(now === undefined ? {} : { now }),
        ...access,
      }),
      firstUserLink: firstUserLink ?? null,
      ...(companies[index] === undefined ? {} : { company: companies[index] }),
      log,
      ...(reporters[index] === undefined ? {} : { reporter: reporters[index] }),
    }),
  );
  return {
    servers,
    logs,
    async call(method, path, options = {}) {
      const replies = await Promise.all(servers.map(({ url }) => send(url, method, path, options)));
      return expectEqual(replies, `${method} ${path.slice(0, 200)}`, companies[0]?.timeZone ?? "UTC");
    },
    async onDatabases(work) {
      const results = await Promise.all(databases.map(({ database }) => work(database)));
      for (const result of results) expect<unknown>(result).toEqual(results[0]);
      // Past the API, the company may have changed too: the sample company has a time zone of its own.
      await Promise.all(companies.map((company) => company.reread()));
    },
    async stop() {
      await Promise.all(servers.map((running) => running.stop()));
      await Promise.all(reporters.map((reporter) => reporter.close()));
      await Promise.all(databases.map(({ database }) => database.close()));
      await leaveServer();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An empty database, and the source from which the report thread opens it. */
interface NewDatabase {
  readonly database: Database;
  readonly source: ReportSource;
}

async function newSqlite(folder: string): Promise<NewDatabase> {
  const path = join(folder, "northwind.db");
  await migrateSqlite({ folder: join(schemaFolder, "sqlite"), database: path });
  // Where a query leaves the order open, the two engines differ, and a test fails.
  return { database: openSqlite({ path, reversesUnordered: true }), source: { engine: "sqlite", path } };
}

async function newMariadb(): Promise<NewDatabase> {
  // With this option bulk inserts number their rows without gaps, as on SQLite.
  server ??= startPrivateMariadb({ extraArgs: ["--innodb-autoinc-lock-mode=0"] });
  const { host, port, user, password } = await server;
  databaseCount += 1;
  userCount += 1;
  const options = { host, port, user, password, database: `northwind_${databaseCount}` };
  await createMariadbDatabase(options);
  await migrateMariadb({ folder: join(schemaFolder, "mariadb"), server: options });
  return { database: await openMariadb(options), source: { engine: "mariadb", server: options } };
}

async function send(url: string, method: string, path: string, { body, headers }: CallOptions): Promise<Reply> {
  const isRaw = typeof body === "string" || body instanceof Uint8Array;
  const payload = body === undefined ? null : isRaw ? body : JSON.stringify(body);
  const type = payload === null ? {} : { "content-type": "application/json" };
  const response = await fetch(url + path, { method, headers: { ...type, ...headers }, body: payload });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parsed(response, text), text };
}

function parsed(response: Response, text: string): ReplyBody {
  if (text === "" || !(response.headers.get("content-type") ?? "").includes("json")) return {};
  const body: unknown = JSON.parse(text);
  return typeof body === "object" && body !== null ? { ...body } : {};
}

const comparedHeaders = [
  "content-type",
  "content-disposition",
  "location",
  "link",
  "allow",
  "retry-after",
  "access-control-allow-origin",
];

function expectEqual(replies: readonly Reply[], request: string, timeZone: string): Reply {
  const [first, ...others] = replies;
  if (first === undefined) throw new Error("no server");
  for (const other of others)
    expect({ request, ...comparable(other, timeZone) }).toEqual({ request, ...comparable(first, timeZone) });
  expect({ request, raw: rawQuantities(first) }).toEqual({ request, raw: [] });
  return first;
}

/** Sentences with a quantity as it is stored, such as 4.0000: people write 4. */
function rawQuantities({ body }: Reply): readonly string[] {
  const said = [body.message ?? "", ...(body.errors ?? []).map(({ message }) => message)];
  return said.filter((words) => /\d\.\d{3}0(?!\d)/.test(words));
}

/** An answer without request id and current times, in UTC and as the company's clock shows, which always differ. */
function comparable({ status, headers, body, text }: Reply, timeZone: string) {
  const { request_id, instance, ...rest } = body;
  const timeless = (words: string) =>
    // Counted from now, too.
    withoutNow(withoutNow(words), timeZone).replace(/"proved_until":"[^"]*"/, '"proved_until":"later"');
  const comparableBody: unknown = JSON.parse(timeless(JSON.stringify(rest)));
  return {
    status,
    body: comparableBody,
    text: "success" in body ? "" : timeless(text),
    headers: comparedHeaders.map((name) => headers.get(name)),
  };
}

const nowMs = 600_000;

/** Replaces times within ten minutes of now by the word "now", because each server reads the clock itself. */
export function withoutNow(text: string, timeZone = "UTC"): string {
  const now = Date.parse(`${businessTime(timeZone)}Z`);
  return text.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?!\d)/g, (moment) =>
    Math.abs(Date.parse(`${moment}Z`) - now) < nowMs ? "now" : moment,
  );
}

/** Stops MariaDB when the last test of this process has finished with it. */
async function leaveServer(): Promise<void> {
  userCount -= 1;
  if (userCount > 0) return;
  const last = await server;
  server = undefined;
  await last?.stop();
}
