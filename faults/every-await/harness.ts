// Runs the API in this process, on SQLite files, with a fault at any of its waits for the database.
// It is the one part of faults/ that imports the product: no process can be stopped at each `await` from outside.
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Database, openSqlite } from "sqlproof";
import { migrateSqlite } from "sqlproof/migrations";
import { createLog } from "../../api/src/http/log.ts";
import { type RunningServer, startServer } from "../../api/src/http/server.ts";
import { completeCopy, contentOf } from "./content.ts";
import { faultyDatabase } from "./faulty-database.ts";
import { initialChanges, initialRequests, type WriteRequest } from "./requests.ts";
import { type Fault, Script } from "./script.ts";

/**
 * When a transaction counts as hanging. Where none hangs it never does: on a busy machine a sound one may be idle for
 * long, and ending it would be a fault that nobody planned. Where one hangs, the trial waits for this.
 */
const idleTransactionTimeoutMs = { hanging: 1000, sound: 60_000 };
const config = { port: 0, host: "127.0.0.1", corsOrigins: [], stopTimeoutMs: 100 };

/** Wraps the database. Tests of this programme use it to plant a database that breaks a promise. */
export type Plant = (real: Database) => Database;

/** The answer to one attempt. */
export interface Answered {
  readonly status: number;
  readonly body: string;
  readonly replayed: boolean;
}

/** The API in this process. It works on one copy of the template after the other, and removes each when done. */
export class Harness {
  #script = new Script([], "");
  #real: Database | null = null;
  #faulty: Database | null = null;
  #path = "";
  readonly #server: RunningServer;

  /** `authorization` is sent with every request, once there are users. */
  constructor(
    private readonly plant: Plant,
    private readonly authorization: string | null = null,
  ) {
    const current = () => {
      if (this.#faulty === null) throw new Error("no database is open");
      return this.#faulty;
    };
    const database: Database = {
      engine: "sqlite",
      one: (query, ...params) => current().one(query, ...params),
      maybe: (query, ...params) => current().maybe(query, ...params),
      all: (query, ...params) => current().all(query, ...params),
      run: (query, ...params) => current().run(query, ...params),
      runMany: (query, params) => current().runMany(query, params),
      transaction: (body) => current().transaction(body),
      ping: () => current().ping(),
      close: () => current().close(),
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
    const hangs = faults.some(({ failure }) => failure === "hang");
    const limitMs = idleTransactionTimeoutMs[hangs ? "hanging" : "sound"];
    this.#real = openSqlite({ path, idleTransactionTimeoutMs: limitMs });
    this.#faulty = faultyDatabase(this.plant(this.#real), this.#script);
  }

  async send({ method, path, body, file, ifMatch }: WriteRequest, key: string): Promise<Answered> {
    const headers = this.#headers({ "idempotency-key": key });
    const type = file?.type ?? (body === undefined ? undefined : "application/json");
    if (type !== undefined) headers.set("content-type", type);
    if (ifMatch !== undefined) headers.set("if-match", ifMatch);
    const content = file === undefined ? JSON.stringify(body) : Buffer.from(file.base64, "base64");
    const init = { method, headers, ...(type === undefined ? {} : { body: content }) };
    const response = await fetch(this.#server.url + path, init);
    const replayed = response.headers.get("idempotency-replayed") === "true";
    return { status: response.status, body: await response.text(), replayed };
  }

  /** The status of a write without a key. */
  async post(path: string, body: object): Promise<number> {
    return (await this.ask(path, body)).status;
  }

  /** Sends a write without a key, as somebody with this cookie if wanted. */
  ask(path: string, body: object, cookie = ""): Promise<Response> {
    const headers = this.#headers({ "content-type": "application/json", ...(cookie === "" ? {} : { cookie }) });
    return fetch(this.#server.url + path, { method: "POST", headers, body: JSON.stringify(body) });
  }

  #headers(given: Readonly<Record<string, string>>): Headers {
    const headers = new Headers(given);
    if (this.authorization !== null) headers.set("authorization", this.authorization);
    return headers;
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

/** A file with the initial rows, and its content. */
export interface Template {
  readonly path: string;
  readonly content: string;
  /** Who acts; null while there is no user. */
  readonly authorization: string | null;
}

export const noPlant: Plant = (real) => real;

export async function makeTemplate(folder: string): Promise<Template> {
  const path = join(folder, "initial.db");
  await migrateSqlite({ folder: join(import.meta.dir, "../../schema/sqlite"), database: path });
  const harness = new Harness(noPlant);
  await harness.open(path, []);
  for (const { path: at, body } of initialRequests) {
    const status = await harness.post(at, body);
    if (status !== 201) throw new Error(`${at}: ${status}`);
  }
  for (const change of initialChanges) {
    const changed = await harness.send(change, `initial ${change.path}`);
    if (changed.status !== change.status) throw new Error(`${change.path}: ${changed.status} ${changed.body}`);
  }
  // The first write with a key also expires old keys; after it, every run waits for the same statements.
  await harness.send({ name: "", method: "DELETE", path: "/api/orders/998", status: 404 }, "template");
  const snapshot = join(folder, "template.db");
  completeCopy(path, snapshot);
  await harness.close();
  return { path: snapshot, content: contentOf(snapshot), authorization: null };
}

/** The same with two users, of whom the first, an admin, acts by a token. */
export async function makeClosedTemplate(open: Template, folder: string): Promise<Template> {
  const path = copyOf(open, join(folder, "closed-initial.db"));
  const harness = new Harness(noPlant);
  await harness.open(path, []);
  const done = async (at: string, body: object, cookie = ""): Promise<Response> => {
    const reply = await harness.ask(at, body, cookie);
    if (!reply.ok) throw new Error(`${at}: ${reply.status} ${await reply.text()}`);
    return reply;
  };
  const [email_address, password] = ["ana@example.com", "correct horse battery"];
  await done("/api/users", { email_address, name: "Ana", roles: ["admin"], password });
  const cookie =
    (await done("/api/session", { email_address, password })).headers.getSetCookie()[0]?.split(";")[0] ?? "";
  await done("/api/users", { email_address: "leo@example.com", name: "Leo", roles: ["viewer"] }, cookie);
  const token = /"token":"([^"]+)"/.exec(await (await done("/api/tokens", { name: "t" }, cookie)).text())?.[1] ?? "";
  const snapshot = join(folder, "closed-template.db");
  completeCopy(path, snapshot);
  await harness.close();
  return { path: snapshot, content: contentOf(snapshot), authorization: `Bearer ${token}` };
}

export function copyOf(template: Template, path: string): string {
  copyFileSync(template.path, path);
  return path;
}
