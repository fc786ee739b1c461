import { afterAll, beforeAll, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import type { Database } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { utcAt } from "../contract/text.ts";
import { CurrentAccess } from "./current.ts";
import { deleteSessionsOfUser } from "./queries.ts";
import { hashOf, newToken } from "./secrets.ts";
import { beginSession } from "./sessions.ts";
import { insertToken } from "./tokens/queries.ts";
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

interface Asked {
  readonly hasSecureCookies?: boolean;
  readonly headers?: (secret: string) => Readonly<Record<string, string>>;
}

const inCookie = (secret: string) => ({ cookie: `northwind=${secret}` });

/** A new admin of this database with a session, and an access whose clocks the test moves. */
async function signedIn(database: Database, { hasSecureCookies = false, headers = inCookie }: Asked = {}) {
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
  const clock = { now: Date.now(), passed: 0 };
  const access = await CurrentAccess.open(database, {
    ...{ isOpenWithoutUsers: true, hasSecureCookies, now: () => clock.now, passed: () => clock.passed },
  });
  const whoSends = async (sent: Readonly<Record<string, string>>) =>
    (await access.principalOf(new Request("http://localhost/", { headers: sent }), () => null))?.userId ?? null;
  const who = () => whoSends(headers(secret));
  return { id, secret, access, clock, who, whoSends };
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
    await access.ended.forget();
    expect(await who()).toBe(id);
    clock.now += 13 * hourMs;
    clock.passed += 13 * hourMs;
    await access.ended.forget();
    expect(await database.one(sessions, { id })).toEqual({ sessions: 0 });
    access.close();
  }));

test("a clock that is wrong for a while ends nothing for good", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    clock.now += 5 * 365 * dayMs;
    clock.passed += hourMs;
    await access.ended.forget();
    expect(await who()).toBe(null);
    clock.now -= 5 * 365 * dayMs;
    expect(await who()).toBe(id);
    access.close();
  }));

test("a clock that is a day behind for a while ends no session when it is put right", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    expect(await who()).toBe(id);
    clock.now -= dayMs;
    await access.reread();
    expect(await who()).toBe(id);
    // The use is noted after the answer, if at all.
    await Bun.sleep(300);
    clock.now += dayMs;
    expect(await who()).toBe(id);
    access.close();
  }));

test("a session that began while the clock was ahead lives no longer than all others", () =>
  api.onDatabases(async (database) => {
    const { id, access, clock, who } = await signedIn(database);
    expect(await who()).toBe(id);
    // The clock was put right, and is right for an hour.
    clock.now -= 5 * 365 * dayMs;
    await access.reread();
    expect(await who()).toBe(id);
    await access.ended.forget();
    clock.now += hourMs;
    clock.passed += hourMs;
    await access.ended.forget();
    const own = sql(`SELECT began_at FROM sessions WHERE user_id = :id`);
    expect(await database.one(own, { id })).toEqual({ began_at: utcAt(clock.now) });
    for (let hours = 0; hours < 31 * 24; hours += 11) {
      clock.now += 11 * hourMs;
      await who();
    }
    expect(await who()).toBe(null);
    access.close();
  }));

test("a session that is used elsewhere is not idle", () =>
  api.onDatabases(async (database) => {
    const { id, secret, access, clock, who } = await signedIn(database);
    const elsewhere = await CurrentAccess.open(database, { isOpenWithoutUsers: true, now: () => clock.now });
    const request = new Request("http://localhost/", { headers: inCookie(secret) });
    expect(await who()).toBe(id);
    const noted = sql(`SELECT used_at FROM sessions WHERE user_id = :id`);
    for (let hours = 0; hours < 13; hours += 1) {
      clock.now += hourMs;
      await elsewhere.principalOf(request, () => null);
      // The use is noted after the answer.
      while ((await database.one(noted, { id })).used_at !== utcAt(clock.now)) await Bun.sleep(5);
    }
    expect(await who()).toBe(id);
    for (const one of [access, elsewhere]) one.close();
  }));

test("a session is none as a token, nor a token as a session, known or not", () =>
  api.onDatabases(async (database) => {
    const { id, secret, access, who, whoSends } = await signedIn(database);
    for (const _ of ["not yet known", "known"]) {
      expect(await whoSends(inCookie(`${secret}=`))).toBe(null);
      expect(await whoSends({ authorization: `Bearer ${secret}` })).toBe(null);
      expect(await who()).toBe(id);
    }
    const token = newToken();
    const row = { user_id: id, name: "t", hash: hashOf(token), rights: null, networks: null, expires_at: null };
    await database.transaction((tx) => tx.one(insertToken, row));
    for (const _ of ["not yet known", "known"]) {
      expect(await whoSends(inCookie(token))).toBe(null);
      expect(await whoSends({ authorization: `Bearer ${token}` })).toBe(id);
    }
    access.close();
  }));

test("where cookies are Secure, one without the prefix is not believed: another host may have set it", () =>
  api.onDatabases(async (database) => {
    const { id, secret, access, who, whoSends } = await signedIn(database, { hasSecureCookies: true });
    expect(await who()).toBe(null);
    expect(await whoSends({ cookie: `northwind=other; __Host-northwind=${secret}` })).toBe(id);
    access.close();
  }));

test("what one node says is not taken for what another has said later", () =>
  api.onDatabases(async (database) => {
    const { id, secret, access: first } = await signedIn(database);
    first.close();
    // A node that lags behind: it still has the session, at an earlier version of everybody's rights.
    const behind: Database = {
      ...database,
      engine: database.engine,
      one: (query, ...params) => database.one(query, ...params),
      maybe: async (query, ...params) => {
        const row = await database.maybe(query, ...params);
        if (typeof row === "object" && row !== null && "access_version" in row)
          return { ...row, access_version: Number(row.access_version) - 1 };
        return row;
      },
    };
    const access = await CurrentAccess.open(behind, { isOpenWithoutUsers: true });
    const request = new Request("http://localhost/", { headers: inCookie(secret) });
    const who = async () => (await access.principalOf(request, () => null))?.userId ?? null;
    expect(await who()).toBe(id);
    // It has caught up; nobody raises the version once more.
    await database.run(deleteSessionsOfUser, { user_id: id });
    expect(await who()).toBe(null);
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
