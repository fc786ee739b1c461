// The basis of the contract tests of the MariaDB drivers: a private server, short limits, and queries with handwritten
// proofs, because they ask the server about itself.
import { createConnection } from "mariadb";
import { createSql, type Database, DatabaseError, type Query } from "../src/index.ts";
import { bunDriver } from "../src/runtime/mariadb/bun.ts";
import type { MariadbDriver, MariadbOptions } from "../src/runtime/mariadb/driver.ts";
import { npmDriver } from "../src/runtime/mariadb/npm.ts";
import { openMariadbWith } from "../src/runtime/mariadb/open.ts";
import type { ColumnProof, ParameterProof, StatementKind, ValueType } from "../src/runtime/proof.ts";
import { type PrivateMariadb, startPrivateMariadb } from "../src/test-server/private-mariadb.ts";

export const drivers: readonly MariadbDriver[] = [npmDriver, bunDriver];

/** Cases that a driver is known to fail, with the reason; they run, and a pass is reported. */
export const knownFailures: Readonly<Record<string, string>> = {
  "Bun's client: a user of the ed25519 plugin": "it knows MySQL's plugins only; openMariadb then takes npm mariadb",
};

/** The limits in these tests, short so that the tests are fast. */
export const limits = {
  connectionLimit: 3,
  acquireTimeoutMs: 800,
  connectTimeoutMs: 800,
  statementTimeoutMs: 700,
  silenceTimeoutMs: 500,
} as const satisfies Partial<MariadbOptions>;

/** How much a busy machine may exceed a limit. */
export const slackMs = 700;

const table = `CREATE TABLE things (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, name VARCHAR(100) NULL, amount DECIMAL(38,10) NULL, big BIGINT NULL,
  happened DATETIME NULL, on_day DATE NULL, flag TINYINT(1) NULL, small SMALLINT NULL, weight DOUBLE NULL,
  bytes LONGBLOB NULL, note LONGTEXT NULL
) CHARACTER SET utf8mb4`;

/** A private server with one table and small packets, so that a packet that is too large is cheap to make. */
export async function startServer(): Promise<PrivateMariadb> {
  const server = await startPrivateMariadb({ extraArgs: ["--max-allowed-packet=4M"] });
  await admin(server, "CREATE DATABASE contract");
  await admin(server, `USE contract; ${table}`);
  return server;
}

/** Runs statements on a separate connection. */
export async function admin(server: PrivateMariadb, sql: string): Promise<unknown> {
  const { host, port, user, password } = server;
  const connection = await createConnection({ host, port, user, password, multipleStatements: true });
  try {
    return await connection.query(sql);
  } finally {
    await connection.end();
  }
}

/** A pool on the private server over one driver. */
export function openOn(server: PrivateMariadb, driver: MariadbDriver, more: Partial<MariadbOptions> = {}) {
  const { host, port, user, password } = server;
  return openMariadbWith(driver, { host, port, user, password, database: "contract", ...limits, ...more });
}

type Values = Record<string, unknown>;
type Types = Readonly<Record<string, ValueType>>;

/** A query whose types are given by the test. All of its values may be null. */
export function statement(text: string, parameters: Types = {}, columns: Types = {}): Query<Values, Values> {
  const binds: string[] = [];
  const spelled = text.replace(/:(\w+)/g, (_, name: string) => {
    binds.push(name);
    return "?";
  });
  const verb = text.slice(0, 6).toLowerCase();
  const kinds: readonly StatementKind[] = ["insert", "update", "delete"];
  const kind = kinds.find((candidate) => candidate === verb) ?? "select";
  const described = Object.entries(parameters).map(
    ([name, type]): ParameterProof => ({ ...place(name, type), list: false }),
  );
  const row = Object.entries(columns).map(([name, type]) => place(name, type));
  const engineStatement = { parts: [spelled], binds };
  const proof = {
    kind,
    parameters: described,
    columns: row,
    statements: { mariadb: engineStatement, sqlite: engineStatement },
  };
  const sql = createSql<Record<string, { params: Values; row: Values }>, Record<never, never>>({ [text]: proof });
  return sql(text);
}

function place(name: string, type: ValueType): ColumnProof {
  return { name, type, scale: type === "decimal" ? 10 : 0, nullable: true };
}

/** The outcome of some work and its duration. */
export interface Ending {
  readonly kind: string;
  readonly ms: number;
}

/** The kind of the error, or `"done"`. */
export async function ending(work: Promise<unknown>): Promise<Ending> {
  const begin = performance.now();
  const kind = await work.then(
    () => "done",
    (error: unknown) => (error instanceof DatabaseError ? error.kind : String(error)),
  );
  return { kind, ms: performance.now() - begin };
}

const connectionId = statement("SELECT CONNECTION_ID() AS id", {}, { id: "bigint" });

/** The server's ID of the connection on which the next query would run. */
export async function idOf(database: Pick<Database, "one">): Promise<number> {
  return Number((await database.one(connectionId, {})).id);
}

/** Holds as many transactions open as the pool has connections, until the returned function is called. */
export async function holdAll(database: Database): Promise<{ ids: number[]; letGo: () => Promise<void> }> {
  const gate = Promise.withResolvers<void>();
  const ids: number[] = [];
  const held = Array.from({ length: limits.connectionLimit }, () => {
    const inside = Promise.withResolvers<void>();
    const ended = database.transaction(async (tx) => {
      ids.push(await idOf(tx));
      inside.resolve();
      await gate.promise;
    });
    ended.catch(inside.reject);
    return { inside: inside.promise, ended };
  });
  await Promise.all(held.map(({ inside }) => inside));
  return {
    ids,
    async letGo() {
      gate.resolve();
      await Promise.allSettled(held.map(({ ended }) => ended));
    },
  };
}
