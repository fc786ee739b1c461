// Codes of an authenticator app and recovery codes, on both engines: each works once, whoever has it.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { Secret, TOTP } from "otpauth";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { createLog } from "../../http/log.ts";
import { type RunningServer, startServer } from "../../http/server.ts";
import { Browser } from "../browser.ts";

const minuteMs = 60_000;
const stepMs = 30_000;
const clock = { now: Date.now() };
const password = "correct horse battery";
const admin = { email_address: "ana@northwind.example", name: "Ana", roles: ["admin"], password };

let api: BothEngines;
/** Of each database another server, which shares nothing with the first one but the rows. */
const others: RunningServer[] = [];
beforeAll(async () => {
  api = await startBothEngines({ now: () => clock.now });
  await api.call("POST", "/api/users", { body: admin });
  await api.onDatabases(async (database) => {
    const config = { port: 0, host: "127.0.0.1", corsOrigins: [] };
    others.push(startServer({ config, database, log: createLog("off") }));
  });
}, startTimeoutMs);
afterAll(async () => {
  await Promise.all(others.map((server) => server.stop()));
  await api.stop();
});

/** As after many more guesses, so that the wait is longer than any test takes. */
async function failOften(id: number): Promise<void> {
  const place = `code of user ${id}`;
  await api.onDatabases(async (database) => {
    await database.run(sql(`UPDATE failed_sign_ins SET failures = 30 WHERE place = :place`), { place });
  });
}

let users = 0;

/** A new user with a session, on both servers of an engine. */
async function newUser(index: number) {
  users += 1;
  const url = api.servers[index]?.url ?? "";
  const ana = new Browser(url);
  await ana.signIn(admin);
  const credentials = { email_address: `user${users}@northwind.example`, password };
  const { data } = await ana.call("POST", "/api/users", { ...credentials, name: "Leo", roles: ["viewer"] });
  const browser = new Browser(url);
  await browser.signIn(credentials);
  return { ana, id: Number(Object(data).id), credentials, browser, url };
}

/** A user whose authenticator app is in force, at a time of which no code was used. */
async function withTotp(index: number) {
  const user = await newUser(index);
  const { secret } = Object((await user.browser.call("POST", "/api/account/totp")).data);
  const app = new TOTP({ secret: Secret.fromBase32(secret) });
  const code = (timestamp = clock.now) => app.generate({ timestamp });
  const confirmed = await user.browser.call("PUT", "/api/account/totp", { code: code() });
  const codes: readonly string[] = Object(confirmed.data).recovery_codes;
  clock.now += 2 * stepMs;
  const signIn = (given?: string) =>
    new Browser(user.url).signIn({ ...user.credentials, ...(given === undefined ? {} : { code: given }) });
  return { ...user, code, codes, signIn };
}

describe.each(["SQLite", "MariaDB"])("on %s", (engine) => {
  const index = engine === "SQLite" ? 0 : 1;

  test("an authenticator app is in force from its first code on, and is asked for at sign-in", async () => {
    const { browser, credentials, url } = await newUser(index);
    expect(await browser.call("PUT", "/api/account/totp", { code: "123456" })).toMatchObject({ code: "state" });
    const { secret, uri } = Object((await browser.call("POST", "/api/account/totp")).data);
    expect(uri).toContain(`secret=${secret}`);
    // Not yet in force.
    expect((await new Browser(url).signIn(credentials)).status).toBe(200);
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const wrong = app.generate({ timestamp: clock.now - 10 * minuteMs });
    expect(await browser.call("PUT", "/api/account/totp", { code: wrong })).toMatchObject({ status: 422 });
    const first = app.generate({ timestamp: clock.now });
    const { data } = await browser.call("PUT", "/api/account/totp", { code: first });
    expect(new Set(Object(data).recovery_codes).size).toBe(10);
    expect(await new Browser(url).signIn(credentials)).toMatchObject({ status: 401, code: "second-factor" });
    expect((await browser.call("GET", "/api/account")).data).toMatchObject({
      ...{ has_password: true, has_totp: true, recovery_codes: 10, passkeys: 0 },
    });
    // The password comes first: who does not know it learns nothing of the second factor.
    expect(await new Browser(url).signIn({ ...credentials, password: "wrong horse battery" })).toMatchObject({
      code: "wrong-sign-in",
    });
  });

  test("a code works once, and with a phone whose clock is a step off", async () => {
    const { code, signIn } = await withTotp(index);
    expect((await signIn(code())).status).toBe(200);
    expect(await signIn(code())).toMatchObject({ status: 401, code: "second-factor" });
    // An earlier one was not used, but is older than one that was.
    expect((await signIn(code(clock.now - stepMs))).status).toBe(401);
    expect((await signIn(code(clock.now + stepMs))).status).toBe(200);
    expect((await signIn(code(clock.now + 2 * stepMs))).status).toBe(401);
  });

  test("of a code that two type at once, one is let in", async () => {
    const { code, signIn } = await withTotp(index);
    const attempts = await Promise.all([code(), code(), code()].map((one) => signIn(one)));
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
  });

  test("a clock that is moved lets no code in twice", async () => {
    const { code, codes, signIn } = await withTotp(index);
    const used = code();
    const usedAt = clock.now;
    expect((await signIn(used)).status).toBe(200);
    clock.now -= 60 * minuteMs;
    expect((await signIn(used)).status).toBe(401);
    // Nor one of that time: the server knows of a later one. A recovery code lets in, whatever the time.
    expect((await signIn(code())).status).toBe(401);
    expect((await signIn(codes[0])).status).toBe(200);
    clock.now = usedAt;
    expect((await signIn(used)).status).toBe(401);
    clock.now += 60 * minuteMs;
    expect((await signIn(used)).status).toBe(401);
    expect((await signIn(code())).status).toBe(200);
  });

  test("a recovery code works once, however it is typed", async () => {
    const { browser, codes, signIn } = await withTotp(index);
    const [code = ""] = codes;
    expect((await signIn(` ${code.toLowerCase().replace("-", " ")}`)).status).toBe(200);
    // Stolen with the used ones on the same paper.
    expect(await signIn(code)).toMatchObject({ status: 401, code: "second-factor" });
    expect((await browser.call("GET", "/api/account")).data).toMatchObject({ recovery_codes: 9 });
  });

  test("of a recovery code that is used at once on two servers, one is let in", async () => {
    const { codes, credentials, signIn } = await withTotp(index);
    const [code = ""] = codes;
    const elsewhere = () => new Browser(others[index]?.url ?? "").signIn({ ...credentials, code });
    const attempts = await Promise.all([signIn(code), elsewhere(), signIn(code), elsewhere()]);
    expect(attempts.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
  });

  test("guessing is slowed down, also with many guesses at once", async () => {
    const { id, code, signIn } = await withTotp(index);
    const begin = performance.now();
    const guesses = await Promise.all(Array.from({ length: 12 }, (_, guess) => signIn(`${100_000 + guess}`)));
    // Five are free; the waits after that double, so a busy machine lets a few more in.
    const waited = Math.log2((performance.now() - begin) / 1000 + 1);
    expect(guesses.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(7 + waited);
    await failOften(id);
    expect(await signIn(code())).toMatchObject({ status: 429, code: "slow-down" });
  });

  test("new recovery codes end the earlier ones, and without the app there are none", async () => {
    const { browser, codes, signIn } = await withTotp(index);
    const { data } = await browser.call("POST", "/api/account/recovery-codes");
    const fresh: readonly string[] = Object(data).recovery_codes;
    expect((await signIn(codes[0])).status).toBe(401);
    expect((await signIn(fresh[0])).status).toBe(200);
    expect((await browser.call("DELETE", "/api/account/totp")).status).toBe(200);
    expect((await signIn()).status).toBe(200);
    expect(await browser.call("DELETE", "/api/account/totp")).toMatchObject({ code: "not-found" });
    expect(await browser.call("POST", "/api/account/recovery-codes")).toMatchObject({ code: "state" });
    expect((await browser.call("GET", "/api/account")).data).toMatchObject({ has_totp: false, recovery_codes: 0 });
  });

  test("a link for another password is no way around the second factor", async () => {
    const { ana, id, code, url } = await withTotp(index);
    const { link } = Object((await ana.call("POST", `/api/users/${id}/password-link`)).data);
    const choose = (more: object) =>
      new Browser(url).call("POST", "/api/session/password", { link, password: "another horse battery", ...more });
    expect(await choose({})).toMatchObject({ status: 401, code: "second-factor" });
    expect(await choose({ code: "123456" })).toMatchObject({ status: 401, code: "second-factor" });
    expect((await choose({ code: code() })).status).toBe(200);
    expect(await choose({ code: code(clock.now + stepMs) })).toMatchObject({ code: "wrong-link" });
  });

  test("nobody sees who has a second factor but who manages users", async () => {
    const { ana, id } = await withTotp(index);
    expect((await ana.call("GET", `/api/users/${id}`)).data).toMatchObject({ has_second_factor: true });
    expect((await ana.call("GET", "/api/users/1")).data).toMatchObject({ has_second_factor: false });
  });

  test("an admin removes the second factor of who has lost the phone, which ends the sessions of that user", async () => {
    const { ana, id, browser, signIn } = await withTotp(index);
    expect((await browser.call("DELETE", "/api/users/1/second-factor")).code).toBe("forbidden");
    expect(await ana.call("DELETE", "/api/users/2147483000/second-factor")).toMatchObject({ code: "not-found" });
    expect((await ana.call("DELETE", `/api/users/${id}/second-factor`)).status).toBe(200);
    expect((await browser.call("GET", "/api/orders")).status).toBe(401);
    expect((await signIn()).status).toBe(200);
    expect((await ana.call("GET", `/api/users/${id}`)).data).toMatchObject({ has_second_factor: false });
  });
});
