import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import type { Database } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { CurrentAccess } from "./current.ts";
import { beginSession } from "./sessions.ts";
import { usersByIds } from "./users/queries.ts";
import { changeUser, createUser } from "./users/write.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const hourMs = 60 * 60 * 1000;
const dayMs = 24 * hourMs;
let users = 0;

/** A new admin of this database with a session, and an access whose clock the test moves. */
async function signedIn(database: Database) {
  users += 1;
  const body = {
    email_address: `a${users}@example.com`,
    name: "A",
    roles: ["admin"],
    password: "correct horse battery",
  } as const;
  const { id, secret } = await database.transaction(async (tx) => {
    const created = await createUser(tx, body);
    return { id: created, secret: await beginSession(tx, created, { address: null, browser: null }) };
  });
  const clock = { now: Date.now() };
  const access = await CurrentAccess.open(database, { isOpenWithoutUsers: true, now: () => clock.now });
  const request = new Request("http://localhost/", { headers: { cookie: `northwind=${secret}` } });
  const who = async () => (await access.principalOf(request, () => null))?.userId ?? null;
  return { id, access, clock, who };
}

test("a session ends after 12 idle hours, and in any case after 30 days", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    expect(await who()).toBe(id);
    clock.now += 12 * hourMs - 1000;
    expect(await who()).toBe(id);
    clock.now += 12 * hourMs + 1000;
    expect(await who()).toBe(null);
    access.close();
    const used = await signedIn(database);
    for (let hours = 0; hours < 30 * 24 - 11; hours += 11) {
      used.clock.now += 11 * hourMs;
      expect(await used.who()).toBe(used.id);
    }
    used.clock.now += 11 * hourMs;
    expect(await used.who()).toBe(null);
    used.access.close();
  }));

test("a clock that is set back ends no session, and lets none live longer than 30 days of it", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    clock.now -= 365 * dayMs;
    expect(await who()).toBe(id);
    clock.now += (365 + 31) * dayMs;
    expect(await who()).toBe(null);
    access.close();
  }));

test("another process refuses a disabled user and a changed role within a second", () =>
  api.onDatabases(async (database) => {
    const { id, access, who } = await signedIn(database);
    const other = await signedIn(database);
    expect(await who()).toBe(id);
    await database.transaction(async (tx) => {
      await changeUser(tx, await tx.one(usersByIds, { ids: [id] }), { disabled: true });
    });
    await Bun.sleep(1000);
    expect(await who()).toBe(null);
    expect(await other.who()).toBe(other.id);
    access.close();
    other.access.close();
  }));

test("what has ended is forgotten, and what has not stays", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    const sessions = sql(`SELECT COUNT(*) AS sessions FROM sessions WHERE user_id = :id`);
    await access.forgetEnded();
    expect(await who()).toBe(id);
    clock.now += 13 * hourMs;
    await access.forgetEnded();
    expect(await database.one(sessions, { id })).toEqual({ sessions: 0 });
    access.close();
  }));

test("the last use of a session is stored at most once a minute", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    const lastUse = sql(`SELECT MAX(used_at) AS used_at FROM sessions WHERE user_id = :id`);
    const before = await database.one(lastUse, { id });
    await who();
    clock.now += 61_000;
    await Bun.sleep(1100);
    await who();
    await Bun.sleep(300);
    expect((await database.one(lastUse, { id })).used_at).not.toBe(before.used_at);
    access.close();
  }));
