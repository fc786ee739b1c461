// The databases of the contestants: the Northwind schema with the sample company, on a private MariaDB and in SQLite
// files, and queries that are proven on these engines at the start.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadSample } from "northwind-schema/sample";
import { createSql, type Database, openSqlite, type Query } from "sqlproof";
import { openMariadb } from "sqlproof/mariadb";
import { createMariadbDatabase, migrateMariadb, migrateSqlite, readMigrations } from "sqlproof/migrations";
import { startPrivateMariadb } from "sqlproof/private-mariadb";
import { prove } from "../../sqlproof/src/check/prove.ts";
import { MariadbProver } from "../../sqlproof/src/check/provers/mariadb.ts";
import { SqliteProver } from "../../sqlproof/src/check/provers/sqlite.ts";
import type { Proof } from "../../sqlproof/src/runtime/proof.ts";

const schema = join(import.meta.dir, "../../schema");
/** Orders are dated relative to this day, so that every run works on the same rows. */
const today = "2025-01-15";

/** The columns of an order after its id. */
export const orderColumns = [
  "employee_id",
  "customer_id",
  "order_date",
  "shipped_date",
  "shipper_id",
  "ship_name",
  "ship_address",
  "ship_city",
  "ship_state_province",
  "ship_zip_postal_code",
  "ship_country_region",
  "shipping_fee",
  "taxes",
  "payment_type",
  "paid_date",
  "notes",
  "tax_rate",
  "tax_status_id",
  "status_id",
] as const;
const selected = `SELECT id, ${orderColumns.join(", ")} FROM orders`;

/** The texts for sqlproof. */
export const texts = {
  point: `${selected} WHERE id = :id`,
  hundred: `${selected} WHERE id BETWEEN :first AND :last ORDER BY id`,
  insert: `INSERT INTO orders (${orderColumns.join(", ")}) VALUES (${orderColumns.map((name) => `:${name}`).join(", ")})`,
  fee: "SELECT id, shipping_fee FROM orders WHERE id = :id FOR UPDATE",
  setFee: "UPDATE orders SET shipping_fee = :shipping_fee WHERE id = :id",
} as const;

/** The same texts for a bare driver. */
export function bareText(name: keyof typeof texts, engine: "mariadb" | "sqlite"): string {
  const text = texts[name].replace(/:\w+/g, "?");
  return engine === "sqlite" ? text.replace(" FOR UPDATE", "") : text;
}

type Values = Record<string, unknown>;
export type Queries = { readonly [name in keyof typeof texts]: Query<Values, Values> };

export interface Bench {
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly user: string;
    readonly password: string;
    readonly database: string;
  };
  readonly queries: Queries;
  /** A new SQLite file with the same content. */
  sqliteFile(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the private server, proves the queries and loads the sample company. */
export async function openBench(): Promise<Bench> {
  const private_ = await startPrivateMariadb();
  const folder = mkdtempSync(join(tmpdir(), "sqlproof-bench-"));
  const { host, port, user, password } = private_;
  const server = { host, port, user, password, database: "northwind" };
  await createMariadbDatabase(server);
  await migrateMariadb({ folder: join(schema, "mariadb"), server });
  await filled(await openMariadb(server));
  return {
    server,
    queries: await provenQueries(server),
    async sqliteFile(name) {
      const path = join(folder, `${name}.db`);
      await migrateSqlite({ folder: join(schema, "sqlite"), database: path });
      await filled(openSqlite({ path }));
      return path;
    },
    async stop() {
      await private_.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function filled(database: Database): Promise<void> {
  await loadSample(database, today);
  await database.close();
}

async function provenQueries(server: Bench["server"]): Promise<Queries> {
  const provers = {
    mariadb: await MariadbProver.open(server, readMigrations(join(schema, "mariadb"))),
    sqlite: new SqliteProver(readMigrations(join(schema, "sqlite"))),
  };
  const proofs: Record<string, Proof> = {};
  for (const text of Object.values(texts)) {
    const location = { file: "", line: 1, column: 1 };
    const verdict = await prove({ key: text, mariadb: text, sqlite: text, location }, provers);
    if (!("proof" in verdict)) throw new Error(`${text}: ${JSON.stringify(verdict.findings)}`);
    proofs[text] = verdict.proof;
  }
  await provers.mariadb.close();
  const sql = createSql<Record<string, { params: Values; row: Values }>, Record<never, never>>(proofs);
  const query = (text: string) => sql(text);
  const { point, hundred, insert, fee, setFee } = texts;
  return {
    point: query(point),
    hundred: query(hundred),
    insert: query(insert),
    fee: query(fee),
    setFee: query(setFee),
  };
}
