import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Database, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { createLog } from "../../api/src/http/log.ts";
import { type RunningServer, startServer } from "../../api/src/http/server.ts";
import { contentOf, wholeCopy } from "./content.ts";
import { faultyDatabase } from "./faulty-database.ts";
import { beforehand, type WriteRequest } from "./requests.ts";
import { type Fault, Script } from "./script.ts";

/** So short that a trial with a body that hangs does not take long. */
const idleTransactionTimeoutMs = 60;
const config = { port: 0, host: "127.0.0.1", corsOrigins: [], stopTimeoutMs: 100 };

/** A database as it is between the API and its store. Tests of this programme put one there that breaks a promise. */
export type Plant = (real: Database) => Database;

/** What was answered to one attempt. Status 0 is no answer. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
}

/** The API in this process, over copies that are removed when they are done with. It goes from one database to the next, as fresh processes would. */
export class Stage {
  #script = new Script([], "");
  #real: Database | null = null;
  #faulty: Database | null = null;
  #path = "";
  readonly #server: RunningServer;

  constructor(private readonly plant: Plant) {
    const now = () => {
      if (this.#faulty === null) throw new Error("no database is open");
      return this.#faulty;
    };
    const database: Database = {
      engine: "sqlite",
      one: (query, ...params) => now().one(query, ...params),
      maybe: (query, ...params) => now().maybe(query, ...params),
      all: (query, ...params) => now().all(query, ...params),
      run: (query, ...params) => now().run(query, ...params),
      runMany: (query, params) => now().runMany(query, params),
      transaction: (body) => now().transaction(body),
      ping: () => now().ping(),
      close: () => now().close(),
    };
    this.#server = startServer({ config, database, log: createLog("off") });
  }

  get script(): Script {
    return this.#script;
  }

  get path(): string {
    return this.#path;
  }

  /** Works on this file from now on, under these faults. */
  async open(path: string, faults: readonly Fault[]): Promise<void> {
    await this.#leave();
    this.#path = path;
    this.#script = new Script(faults, path);
    this.#real = openSqlite({ path, idleTransactionTimeoutMs });
    this.#faulty = faultyDatabase(this.plant(this.#real), this.#script);
  }

  async send({ method, path, body, ifMatch }: WriteRequest, key: string): Promise<Answered> {
    const headers = new Headers({ "idempotency-key": key });
    if (body !== undefined) headers.set("content-type", "application/json");
    if (ifMatch !== undefined) headers.set("if-match", ifMatch);
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(this.#server.url + path, init);
    const replayed = response.headers.get("idempotency-replayed") === "true";
    return { status: response.status, body: await response.text(), replayed };
  }

  /** The status of a write without a key. */
  async post(path: string, body: object): Promise<number> {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return (await fetch(this.#server.url + path, init)).status;
  }

  async close(): Promise<void> {
    await this.#server.stop();
    await this.#leave();
  }

  async #leave(): Promise<void> {
    await this.#real?.close();
    for (const end of ["", "-wal", "-shm"]) if (this.#path !== "") rmSync(this.#path + end, { force: true });
  }
}

/** A file with what is there before, and its content. */
export interface Template {
  readonly path: string;
  readonly content: string;
}

export const noPlant: Plant = (real) => real;

export async function makeTemplate(folder: string): Promise<Template> {
  const path = join(folder, "beforehand.db");
  await migrateSqlite({ folder: join(import.meta.dir, "../../schema/sqlite"), database: path });
  const stage = new Stage(noPlant);
  await stage.open(path, []);
  for (const { path: at, body } of beforehand) {
    const status = await stage.post(at, body);
    if (status !== 201) throw new Error(`${at}: ${status}`);
  }
  // The first write with a key forgets old keys as well; all later runs wait for the same things.
  await stage.send({ name: "", method: "DELETE", path: "/api/orders/998", status: 404 }, "template");
  const kept = join(folder, "template.db");
  wholeCopy(path, kept);
  await stage.close();
  return { path: kept, content: contentOf(kept) };
}

export function copyOf(template: Template, path: string): string {
  copyFileSync(template.path, path);
  return path;
}
