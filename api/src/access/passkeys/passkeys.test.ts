// Passkeys, on both engines: whose answer lets in, and whose does not.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { createLog } from "../../http/log.ts";
import { type RunningServer, startServer } from "../../http/server.ts";
import { Browser } from "../browser.ts";
import { CurrentAccess } from "../current.ts";
import { Authenticator, optionsIn } from "./authenticator.ts";
import { PasskeySite } from "./site.ts";

const minuteMs = 60_000;
const clock = { now: Date.now() };
const password = "correct horse battery";
const admin = { email_address: "ana@northwind.example", name: "Ana", roles: ["admin"], password };
/** Where the pages are in these tests. */
const origin = "http://localhost:4321";

let api: BothEngines;
/** Of each database another server, which shares nothing with the first one but the rows. */
const others: RunningServer[] = [];
beforeAll(async () => {
  api = await startBothEngines({ now: () => clock.now, webPort: 4321 });
  await api.call("POST", "/api/users", { body: admin });
  await api.onDatabases(async (database) => {
    const config = { port: 0, host: "127.0.0.1", corsOrigins: [], webPort: 4321 };
    const access = new CurrentAccess(database, { isOpenWithoutUsers: true, now: () => clock.now });
    others.push(startServer({ config, database, access, log: createLog("off") }));
  });
}, startTimeoutMs);
/** All of them come from one address, which is slowed down after twenty failures. */
beforeEach(() =>
  api.onDatabases(async (database) => {
    await database.run(sql(`DELETE FROM failed_sign_ins`));
  }),
);
afterAll(async () => {
  await Promise.all(others.map((server) => server.stop()));
  await api.stop();
});

test("passkeys belong to the name of --public-url, or to this machine, and to no address", () => {
  const of = (url: string | null) => {
    const { name, origins } = new PasskeySite(url === null ? null : new URL(url), [8000, 80, 0]);
    return { name, origins };
  };
  expect(of("https://orders.example/desk")).toEqual({ name: "orders.example", origins: ["https://orders.example"] });
  expect([of("http://192.0.2.7:3000").name, of("https://[2001:db8::7]").name]).toEqual([null, null]);
  expect(of(null)).toEqual({ name: "localhost", origins: ["http://localhost:8000", "http://localhost"] });
});

let users = 0;

async function newUser(index: number) {
  users += 1;
  const url = api.servers[index]?.url ?? "";
  const ana = new Browser(url);
  await ana.signIn(admin);
  const credentials = { email_address: `user${users}@northwind.example`, password };
  const user = { ...credentials, name: `Leo ${users}`, roles: ["order-clerk"] };
  const { data } = await ana.call("POST", "/api/users", user);
  const browser = new Browser(url);
  await browser.signIn(credentials);
  return { ana, id: Number(Object(data).id), name: user.name, credentials, browser, url };
}

async function registration(browser: Browser) {
  return optionsIn((await browser.call("POST", "/api/account/passkeys/challenge")).data);
}

/** A user with a passkey. */
async function withPasskey(index: number) {
  const user = await newUser(index);
  const authenticator = new Authenticator();
  const response = authenticator.create(await registration(user.browser), { origin });
  const { status, data } = await user.browser.call("POST", "/api/account/passkeys", { name: "Phone", response });
  if (status !== 201) throw new Error(`${status} ${JSON.stringify(data)}`);
  return { ...user, authenticator, passkeyId: Number(Object(data).id) };
}

describe.each(["SQLite", "MariaDB"])("on %s", (engine) => {
  const index = engine === "SQLite" ? 0 : 1;
  const browser = () => new Browser(api.servers[index]?.url ?? "");
  const asked = async () => optionsIn((await browser().call("POST", "/api/session/passkey-challenge")).data);
  const signIn = (response: object) => browser().call("POST", "/api/session/passkey", { response });

  test("a passkey signs in without a name, a password or a code", async () => {
    const { ana, id, name, browser: leo, authenticator } = await withPasskey(index);
    await leo.call("POST", "/api/account/totp");
    const signed = await signIn(authenticator.get(await asked(), { origin }));
    expect(signed).toMatchObject({ status: 200, data: { state: "signed-in", user: { id, name } } });
    expect(signed.set).toMatch(/^northwind=[\w-]{43};/);
    expect((await leo.call("GET", "/api/account")).data).toMatchObject({ passkeys: 1 });
    expect((await leo.call("GET", "/api/account/passkeys")).data).toMatchObject([
      { name: "Phone", backed_up: false, used_at: expect.any(String) },
    ]);
    expect((await ana.call("GET", `/api/users/${id}`)).data).toMatchObject({ has_second_factor: true });
    expect((await browser().call("GET", "/api/session")).data).toMatchObject({ sign_in: { passkeys: true } });
  });

  // A passkey that several devices share counts nothing: its number is always 0.
  test.each([1, 0])(
    "an answer that is sent again is refused, also at once on two servers; its number is %d",
    async (count) => {
      const { authenticator } = await withPasskey(index);
      const response = authenticator.get(await asked(), { origin, count });
      const elsewhere = () => new Browser(others[index]?.url ?? "").call("POST", "/api/session/passkey", { response });
      const answers = await Promise.all([signIn(response), elsewhere(), signIn(response), elsewhere()]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401]);
      expect(await signIn(response)).toMatchObject({ status: 401, code: "wrong-sign-in" });
    },
  );

  test("an answer for another page, name or challenge is refused, and one without a finger", async () => {
    const { browser: leo, authenticator } = await withPasskey(index);
    const options = await asked();
    const wrong = [
      { origin: "http://localhost:1234" },
      { origin: "https://localhost:4321" },
      { origin: "https://northwind.example" },
      { origin, name: "northwind.example" },
      { origin, challenge: Buffer.alloc(32, 7).toString("base64url") },
      { origin, challenge: (await registration(leo)).challenge },
      { origin, isVerified: false },
      { origin, userHandle: Buffer.alloc(32, 7).toString("base64url") },
    ];
    const refused = [];
    for (const told of wrong) refused.push((await signIn(authenticator.get(await asked(), told))).code);
    expect(refused).toEqual(wrong.map(() => "wrong-sign-in"));
    // Signed by another key.
    const { id, rawId, response } = authenticator.get(options, { origin });
    const { userHandle } = response;
    const forged = { ...new Authenticator().get(options, { origin, userHandle }), id, rawId };
    expect((await signIn(forged)).code).toBe("wrong-sign-in");
    expect((await signIn(authenticator.get(await asked(), { origin }))).status).toBe(200);
  });

  test("a challenge is good for five minutes, whatever happens to the clock", async () => {
    const { authenticator } = await withPasskey(index);
    const late = await asked();
    clock.now += 5 * minuteMs;
    expect((await signIn(authenticator.get(late, { origin }))).code).toBe("wrong-sign-in");
    const early = await asked();
    clock.now -= 60 * minuteMs;
    expect((await signIn(authenticator.get(early, { origin }))).code).toBe("wrong-sign-in");
    const right = await asked();
    clock.now += 4 * minuteMs;
    expect((await signIn(authenticator.get(right, { origin }))).status).toBe(200);
    clock.now += 56 * minuteMs;
  });

  test("a copy of an authenticator is found out by its number", async () => {
    const { authenticator } = await withPasskey(index);
    const counted = async (count: number) => (await signIn(authenticator.get(await asked(), { origin, count }))).status;
    expect(await counted(5)).toBe(200);
    expect([await counted(4), await counted(5), await counted(0)]).toEqual([401, 401, 401]);
    expect(await counted(6)).toBe(200);
  });

  test("an authenticator that counts nothing signs in again and again", async () => {
    const { authenticator } = await withPasskey(index);
    for (let times = 0; times < 2; times += 1)
      expect((await signIn(authenticator.get(await asked(), { origin, count: 0 }))).status).toBe(200);
  });

  test("a passkey is added with a finger only, for this site, by whom it was asked, and once", async () => {
    const [leo, eve] = [await newUser(index), await newUser(index)];
    const authenticator = new Authenticator();
    const add = (who: Browser, response: object) =>
      who.call("POST", "/api/account/passkeys", { name: "Phone", response });
    for (const told of [{ origin, isVerified: false }, { origin: "https://evil.example" }, { origin, name: "evil" }]) {
      const response = authenticator.create(await registration(leo.browser), told);
      expect(await add(leo.browser, response)).toMatchObject({ status: 422, code: "rule" });
    }
    const ofLeo = authenticator.create(await registration(leo.browser), { origin });
    expect(await add(eve.browser, ofLeo)).toMatchObject({ status: 422, code: "rule" });
    const response = authenticator.create(await registration(leo.browser), { origin });
    expect((await add(leo.browser, response)).status).toBe(201);
    expect(await add(leo.browser, response)).toMatchObject({ status: 422, code: "rule" });
    const again = authenticator.create(await registration(eve.browser), { origin });
    expect(await add(eve.browser, again)).toMatchObject({ status: 409, code: "duplicate" });
    const forSignIn = authenticator.create({ ...(await asked()), userHandle: "" }, { origin });
    expect(await add(leo.browser, forSignIn)).toMatchObject({ status: 422, code: "rule" });
  });

  test("the browser is told which passkeys a user has, and the same user each time", async () => {
    const { browser: leo } = await withPasskey(index);
    const first = Object((await leo.call("POST", "/api/account/passkeys/challenge")).data).options;
    const second = Object((await leo.call("POST", "/api/account/passkeys/challenge")).data).options;
    expect(first).toMatchObject({
      rp: { id: "localhost" },
      excludeCredentials: [{ transports: ["internal", "hybrid"] }],
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
    });
    expect([second.user.id === first.user.id, second.challenge === first.challenge]).toEqual([true, false]);
    // Nothing of the user can be read from it.
    expect(Buffer.from(first.user.id, "base64url").length).toBe(32);
  });

  test("a passkey is renamed and removed by its user only, and lets in no more", async () => {
    const [leo, eve] = [await withPasskey(index), await newUser(index)];
    const path = `/api/account/passkeys/${leo.passkeyId}`;
    expect(await eve.browser.call("PUT", path, { name: "Mine" })).toMatchObject({ code: "not-found" });
    expect(await eve.browser.call("DELETE", path)).toMatchObject({ code: "not-found" });
    expect((await leo.browser.call("PUT", path, { name: "Key" })).data).toMatchObject({ name: "Key" });
    const response = leo.authenticator.get(await asked(), { origin });
    expect((await leo.browser.call("DELETE", path)).status).toBe(200);
    expect((await signIn(response)).code).toBe("wrong-sign-in");
    expect((await leo.browser.call("GET", "/api/account/passkeys")).data).toEqual([]);
  });

  test("a user who is disabled, or whose second factor an admin has removed, has no passkey", async () => {
    const [leo, eve] = [await withPasskey(index), await withPasskey(index)];
    await leo.ana.call("PUT", `/api/users/${leo.id}`, { disabled: true });
    expect((await signIn(leo.authenticator.get(await asked(), { origin }))).code).toBe("wrong-sign-in");
    expect((await leo.ana.call("DELETE", `/api/users/${eve.id}/second-factor`)).status).toBe(200);
    expect((await signIn(eve.authenticator.get(await asked(), { origin }))).code).toBe("wrong-sign-in");
  });

  test("a passkey proves again who one is, and that of somebody else does not", async () => {
    const [leo, eve] = [await withPasskey(index), await withPasskey(index)];
    clock.now += 16 * minuteMs;
    expect((await leo.browser.call("DELETE", "/api/orders/2147483000")).code).toBe("proof-required");
    const prove = (passkey: object) => leo.browser.call("POST", "/api/session/proof", { passkey });
    const foreign = eve.authenticator.get(await asked(), { origin });
    expect(await prove(foreign)).toMatchObject({ status: 422, errors: [{ pointer: "#/passkey" }] });
    const { cookie } = leo.browser;
    const response = leo.authenticator.get(await asked(), { origin });
    expect((await prove(response)).status).toBe(200);
    expect(leo.browser.cookie).not.toBe(cookie);
    expect((await leo.browser.call("DELETE", "/api/orders/2147483000")).code).toBe("not-found");
    expect((await prove(response)).status).toBe(422);
    for (const body of [{}, { password, passkey: response }])
      expect(await leo.browser.call("POST", "/api/session/proof", body)).toMatchObject({ status: 422 });
  });

  test("the audit log tells who has added, used and removed a passkey, and whose was refused", async () => {
    const { ana, id, browser: leo, authenticator, passkeyId } = await withPasskey(index);
    await signIn(authenticator.get(await asked(), { origin }));
    await signIn(authenticator.get(await asked(), { origin: "https://evil.example" }));
    await leo.call("DELETE", `/api/account/passkeys/${passkeyId}`);
    const { data } = await ana.call("GET", "/api/audit?resource=access&limit=4");
    const log: readonly { readonly action: string; readonly resource_id: number; readonly about: unknown }[] =
      Array.isArray(data) ? data : [];
    expect(log.map(({ action, resource_id, about }) => [action, resource_id, Object(about).change])).toEqual([
      ["passkey", id, "removed"],
      ["refused", 0, undefined],
      ["sign-in", id, undefined],
      ["passkey", id, "added"],
    ]);
  });
});

test("without a name there are no passkeys, and the answer says what to do", async () => {
  const address = await startBothEngines({ publicUrl: new URL("http://192.0.2.7:3000") });
  try {
    const reply = await address.call("POST", "/api/session/passkey-challenge");
    expect([reply.status, reply.body.code]).toEqual([409, "state"]);
    expect(reply.body.message).toContain("--public-url");
    expect((await address.call("GET", "/api/session")).body.data).toMatchObject({ sign_in: { passkeys: false } });
  } finally {
    await address.stop();
  }
});
