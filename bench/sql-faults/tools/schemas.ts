import { Database as SqliteDatabase } from "bun:sqlite";
import { join } from "node:path";
import * as driver from "mariadb";
import { readMigrations } from "../../../sqlproof/src/migrations/files.ts";
import { sqlMode } from "../../../sqlproof/src/runtime/mariadb/session.ts";
import type { PrivateMariadb } from "../../../sqlproof/src/test-server/private-mariadb.ts";
import type { SqlFault } from "../corpus/fault.ts";
import { copyMigrations } from "../scratch.ts";

type SchemaFault = SqlFault & { readonly kind: "schema" };

/** The project's schema on both engines, unchanged and with each schema fault, for the tools that ask an engine. */
export class Schemas {
  readonly #connections = new Map<string, Promise<driver.Connection>>();
  readonly #files = new Map<string, SqliteDatabase>();
  readonly #copied = new Set<string>();

  constructor(
    private readonly server: PrivateMariadb,
    private readonly folder: string,
  ) {}

  /** A connection whose database has this schema. Its session has the modes that sqlproof uses. */
  mariadb(fault: SchemaFault | null): Promise<driver.Connection> {
    const name = databaseName(fault);
    // Several callers may ask at the same time: the first creates the database, the others wait for it.
    const made = this.#connections.get(name) ?? this.#create(name, fault);
    this.#connections.set(name, made);
    return made;
  }

  async #create(name: string, fault: SchemaFault | null): Promise<driver.Connection> {
    const { host, port, user, password } = this.server;
    const connection = await driver.createConnection({ host, port, user, password, connectTimeout: 300_000 });
    // The other tools open their own connections, which need the modes under which the queries are correct.
    await connection.query(`SET GLOBAL sql_mode = '${sqlMode}'`);
    await connection.query(`SET sql_mode = '${sqlMode}'`);
    await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
    await connection.query(`USE ${name}`);
    for (const step of readMigrations(join(this.#copy(fault), "schema/mariadb")))
      for (const { text } of step.statements) await connection.query(text);
    return connection;
  }

  /** The URL of the same database. */
  async mariadbUrl(fault: SchemaFault | null): Promise<string> {
    await this.mariadb(fault);
    return this.server.url(databaseName(fault));
  }

  /** A SQLite database with this schema. */
  sqlite(fault: SchemaFault | null): SqliteDatabase {
    const path = this.sqlitePath(fault);
    const known = this.#files.get(path);
    if (known === undefined) throw new Error(`${path} was not made`);
    return known;
  }

  /** The file of the same database. */
  sqlitePath(fault: SchemaFault | null): string {
    const folder = this.#copy(fault);
    const path = join(folder, "schema.db");
    if (this.#files.has(path)) return path;
    const database = new SqliteDatabase(path, { create: true, strict: true });
    // The file is temporary: no need to wait for the disk.
    database.run("PRAGMA synchronous = OFF");
    for (const step of readMigrations(join(folder, "schema/sqlite")))
      for (const { text } of step.statements) database.run(text);
    this.#files.set(path, database);
    return path;
  }

  async close(): Promise<void> {
    for (const connection of this.#connections.values()) await (await connection).end();
    for (const database of this.#files.values()) database.close();
  }

  #copy(fault: SchemaFault | null): string {
    const folder = join(this.folder, databaseName(fault));
    if (!this.#copied.has(folder)) copyMigrations(folder, fault?.change ?? null);
    this.#copied.add(folder);
    return folder;
  }
}

function databaseName(fault: SchemaFault | null): string {
  return fault === null ? "correct" : fault.id.replaceAll("-", "_").toLowerCase();
}
