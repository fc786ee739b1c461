// Single sign-on at a real provider, on both engines (docs/decisions/0100-single-sign-on.md).
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { callbackPath, type SingleSignOnSettings } from "./provider.ts";
import { clientId, clientSecret, type RealProvider, startProvider } from "./real-provider.ts";
import { TestBrowser } from "./test-browser.ts";

// Nobody listens there: the test's browser goes to the server that it belongs to instead.
const publicUrl = new URL("http://localhost:3999");
const begin = "/api/session/single-sign-on";
const callback = new URL(callbackPath, publicUrl).href;

function settingsOf({ issuer }: { readonly issuer: string }, rolesClaim: string | null = null): SingleSignOnSettings {
  return { issuer: new URL(issuer), clientId, clientSecret, name: "Work account", rolesClaim, publicUrl };
}

let provider: RealProvider;
let api: BothEngines;
let byClaim: BothEngines;
beforeAll(async () => {
  provider = await startProvider(callback);
  api = await startBothEngines({ singleSignOn: settingsOf(provider) });
  byClaim = await startBothEngines({ singleSignOn: settingsOf(provider, "groups") });
  for (const engines of [api, byClaim]) await addUsers(engines);
  const person = (name: string) => ({ email: `${name}@northwind.example`, email_verified: true, name });
  provider.accounts.set("ana-1", { ...person("Ana"), groups: ["admin", "staff"] });
  provider.accounts.set("leo-1", { ...person("leo"), groups: ["order-clerk"] });
  provider.accounts.set("eve-1", { ...person("leo"), email_verified: false });
  provider.accounts.set("mia-1", { ...person("mia"), groups: ["viewer"] });
  provider.accounts.set("max-1", { ...person("max"), groups: ["viewer"] });
  provider.accounts.set("new-1", { ...person("new"), groups: ["warehouse", "somewhere"] });
  provider.accounts.set("ada-1", { name: "Ada" });
  provider.accounts.set("nil-1", { ...person("nil"), groups: ["staff"] });
}, startTimeoutMs);
afterAll(async () => {
  await Promise.all([api.stop(), byClaim.stop()]);
  await provider.stop();
});

const password = "correct horse battery";

async function addUsers(engines: BothEngines): Promise<void> {
  for (const { url } of engines.servers) {
    const ana = new TestBrowser(url, publicUrl);
    const add = (name: string, role: string, more = {}) =>
      ana.send("POST", "/api/users", {
        ...{ email_address: `${name}@northwind.example`, name, roles: [role] },
        ...more,
      });
    await add("ana", "admin", { password });
    await ana.send("POST", "/api/session", { email_address: "ana@northwind.example", password });
    for (const name of ["leo", "mia", "max"]) await add(name, "order-clerk");
    await ana.send("PUT", "/api/users/4", { disabled: true });
  }
}

describe.each(["sqlite", "mariadb"])("on %s", (engine) => {
  const index = engine === "sqlite" ? 0 : 1;
  const browser = (account = "", engines = api) =>
    new TestBrowser(engines.servers[index]?.url ?? "", publicUrl, account);

  test("a user who was invited signs in and is led to the page that was asked for", async () => {
    const leo = browser("leo-1");
    const { location, cookies } = await leo.follow(`${begin}?to=%2Forders%3Fq%3Dtea`);
    expect(location).toBe("/orders?q=tea");
    expect(cookies.join("\n")).toMatch(/^northwind=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/m);
    expect(cookies.join("\n")).toMatch(/^northwind-sign-on=; Path=\/; HttpOnly; SameSite=Lax; Max-Age=0$/m);
    expect(await leo.send("GET", "/api/session")).toMatchObject({
      data: { state: "signed-in", user: { name: "leo" } },
    });
    expect((await browser().send("GET", "/api/session")).data).toMatchObject({
      sign_in: { single_sign_on: "Work account" },
    });
    // The subject is linked: whatever the address is now.
    provider.accounts.set("leo-1", { ...provider.accounts.get("leo-1"), email: "lion@elsewhere.example" });
    expect((await browser("leo-1").follow(begin)).location).toBe("/");
    provider.accounts.set("leo-1", { ...provider.accounts.get("leo-1"), email: "leo@northwind.example" });
  });

  test("the provider is asked with PKCE, state and nonce, for the public address, and the browser is bound", async () => {
    const { location, cookies } = await browser("leo-1").step(begin);
    const asked = Object.fromEntries(new URL(location).searchParams);
    expect(asked).toMatchObject({
      ...{ client_id: clientId, response_type: "code", scope: "openid email profile", redirect_uri: callback },
      ...{ code_challenge_method: "S256", code_challenge: expect.stringMatching(/^[\w-]{43}$/) },
      ...{ state: expect.stringMatching(/^[\w-]{43}$/), nonce: expect.stringMatching(/^[\w-]{43}$/) },
    });
    expect(cookies).toEqual([
      expect.stringMatching(/^northwind-sign-on=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
  });

  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "/sign-in?to=/orders", ""])(
    "no page but an own one is led to: %s",
    async (to) => {
      const { location } = await browser("leo-1").follow(`${begin}?${new URLSearchParams({ to })}`);
      expect(location).toBe("/");
    },
  );

  /** Where a browser is led that comes back with another answer, or that was sent with another question. */
  const refused = async (
    change: { readonly question?: Record<string, string>; readonly answer?: Record<string, string> },
    account = "leo-1",
  ) => (await browser(account).follow(begin, change)).location;

  test("a page of another server begins no sign-in, but may lead to the page with the button", async () => {
    for (const [site, isLed] of [
      ["cross-site", false],
      ["same-site", false],
      ["same-origin", true],
      ["none", true],
    ] as const) {
      const headers = { "sec-fetch-site": site };
      const reply = await fetch((api.servers[index]?.url ?? "") + begin, { redirect: "manual", headers });
      const [address, cookies] = [reply.headers.get("location") ?? "", reply.headers.getSetCookie()];
      expect([site, reply.status, address.startsWith(provider.issuer), cookies.length > 0]).toEqual([
        site,
        302,
        isLed,
        isLed,
      ]);
      if (!isLed) expect(address).toBe("/sign-in");
    }
  });

  test("another state, nonce, challenge, code or issuer is refused", async () => {
    const wrong = "/sign-in?refused=wrong-single-sign-on";
    const other = "x".repeat(43);
    expect(await refused({ question: { nonce: other } })).toBe(wrong);
    expect(await refused({ question: { code_challenge: other } })).toBe(wrong);
    expect(await refused({ question: { state: other } })).toBe(wrong);
    expect(await refused({ answer: { state: other } })).toBe(wrong);
    expect(await refused({ answer: { code: other } })).toBe(wrong);
    expect(await refused({ answer: { iss: "https://other.example" } })).toBe(wrong);
  });

  test("the state of another browser is refused, and its owner can still use it", async () => {
    const [leo, stranger] = [browser("leo-1"), browser()];
    const back = await leo.untilBack(begin);
    await stranger.step(begin);
    expect((await stranger.step(back)).location).toBe("/sign-in?refused=wrong-single-sign-on");
    expect((await browser().step(back)).location).toBe("/sign-in?refused=wrong-single-sign-on");
    expect((await stranger.send("GET", "/api/session")).data).toMatchObject({ state: "signed-out" });
    expect((await leo.step(back)).location).toBe("/");
  });

  test("an answer works once, and so does its code", async () => {
    const leo = browser("leo-1");
    const back = await leo.untilBack(begin);
    const cookie = leo.cookieOf(publicUrl.origin);
    expect((await leo.step(back)).location).toBe("/");
    leo.setCookie(publicUrl.origin, cookie);
    expect((await leo.step(back)).location).toBe("/sign-in?refused=wrong-single-sign-on");
    const code = new URL(back).searchParams.get("code") ?? "";
    expect(await refused({ answer: { code } })).toBe("/sign-in?refused=wrong-single-sign-on");
  });

  test("two answers at the same time begin one session", async () => {
    const leo = browser("leo-1");
    const back = await leo.untilBack(begin);
    const places = (await Promise.all([leo.step(back), leo.step(back)])).map(({ location }) => location);
    expect(places.toSorted()).toEqual(["/", "/sign-in?refused=wrong-single-sign-on"]);
  });

  test("nobody is let in with an address that is not verified, unknown, or of a disabled user", async () => {
    for (const account of ["eve-1", "new-1", "max-1"])
      expect([account, await refused({}, account)]).toEqual([account, "/sign-in?refused=no-account"]);
    // Whoever says no at the provider, or is nobody there.
    expect(await refused({}, "")).toBe("/sign-in?refused=single-sign-on-declined");
  });

  test("an address that now belongs to somebody else does not let them in", async () => {
    expect(await refused({}, "mia-1")).toBe("/");
    provider.accounts.set("mia-2", { email: "mia@northwind.example", email_verified: true });
    expect(await refused({}, "mia-2")).toBe("/sign-in?refused=no-account");
    // Until an admin says so, by giving the account another address.
    const ana = browser();
    await ana.send("POST", "/api/session", { email_address: "ana@northwind.example", password });
    const { data } = await ana.send("GET", "/api/users?q=mia");
    const [{ id }] = JSON.parse(JSON.stringify(data));
    for (const email_address of ["mia.old@northwind.example", "mia@northwind.example"])
      await ana.send("PUT", `/api/users/${id}`, { email_address });
    expect(await refused({}, "mia-2")).toBe("/");
  });

  test("with a claim of roles they come from it at each sign-in, and so does who may sign in", async () => {
    const signedIn = async (account: string) => {
      const user = browser(account, byClaim);
      const { location } = await user.follow(begin);
      const { data } = await user.send("GET", "/api/session");
      return { user, location, data };
    };
    const clerk = await signedIn("leo-1");
    expect(clerk.data).toMatchObject({ user: { roles: ["order-clerk"] } });
    expect((await signedIn("mia-1")).data).toMatchObject({ user: { roles: ["viewer"] } });
    // Nobody has invited this one: the claim has.
    expect((await signedIn("new-1")).data).toMatchObject({ user: { name: "new", roles: ["warehouse"] } });
    expect((await signedIn("nil-1")).location).toBe("/sign-in?refused=no-account");
    const { groups, ...without } = provider.accounts.get("leo-1") ?? {};
    provider.accounts.set("leo-1", without);
    expect((await signedIn("leo-1")).location).toBe("/sign-in?refused=no-role");
    // What has begun with the old roles has ended.
    expect((await clerk.user.send("GET", "/api/orders")).status).toBe(401);
    provider.accounts.set("leo-1", { ...without, groups: ["viewer"] });
    expect((await signedIn("leo-1")).data).toMatchObject({ user: { roles: ["viewer"] } });
    provider.accounts.set("leo-1", { ...without, ...(groups === undefined ? {} : { groups }) });
    // The audit log says so.
    const ana = await signedIn("ana-1");
    const history = await ana.user.send("GET", "/api/users/2/history");
    expect(JSON.stringify(history.data)).toContain('"single sign-on"');
    const log = await ana.user.send("GET", "/api/audit?resource=access&user_id=2");
    expect(JSON.stringify(log.data)).toContain('"method":"single-sign-on"');
  });

  test("the role of an approver comes from the claim for employees, too, and nothing changes without a change", async () => {
    const ana = browser("ana-1", byClaim);
    await ana.follow(begin);
    const id = async (path: string, body: object) => Number(Object((await ana.send("POST", path, body)).data).id);
    const employee_id = await id("/api/employees", { first_name: "Tom", last_name: engine });
    const email_address = `tom@${engine}.example`;
    const user = await id("/api/users", { email_address, name: "Tom", roles: ["viewer"], employee_id });
    const seen = async (groups: readonly string[]) => {
      provider.accounts.set(`tom-${engine}`, { email: email_address, email_verified: true, groups });
      const { location } = await browser(`tom-${engine}`, byClaim).follow(begin);
      const { data } = await ana.send("GET", `/api/users/${user}`);
      const { data: entries } = await ana.send("GET", `/api/users/${user}/history`);
      return [location, Object(data).roles.toSorted().join(), Array.isArray(entries) ? entries.length : 0];
    };
    expect(await seen(["viewer", "approver"])).toEqual(["/", "approver,viewer", 2]);
    expect(await seen(["approver", "viewer"])).toEqual(["/", "approver,viewer", 2]);
    expect(await seen([])).toEqual(["/sign-in?refused=no-role", "", 3]);
    expect(await seen([])).toEqual(["/sign-in?refused=no-role", "", 3]);
  });

  test("the last admin stays one, whatever the claim says", async () => {
    const admin = provider.accounts.get("ana-1") ?? {};
    expect((await browser("ana-1", byClaim).follow(begin)).location).toBe("/");
    for (const groups of [["viewer"], []]) {
      provider.accounts.set("ana-1", { ...admin, groups });
      expect((await browser("ana-1", byClaim).follow(begin)).location).toMatch(/^\/sign-in\?refused=(state|no-role)$/);
    }
    provider.accounts.set("ana-1", admin);
    expect((await browser("ana-1", byClaim).follow(begin)).location).toBe("/");
  });
});

describe("who is signed in proves it again", () => {
  const proof = `${begin}?purpose=proof&to=%2Fusers`;

  /** A browser of each server in which leo has been signed in for longer than a proof holds. */
  async function signedIn(): Promise<readonly TestBrowser[]> {
    const leos = api.servers.map(({ url }) => new TestBrowser(url, publicUrl, "leo-1"));
    for (const leo of leos) await leo.follow(begin);
    await api.onDatabases(async (database) => {
      await database.run(sql(`UPDATE sessions SET proved_at = '2020-01-01 00:00:00'`));
    });
    return leos;
  }

  const provedUntil = async (leo: TestBrowser) =>
    String(Object((await leo.send("GET", "/api/session")).data).proved_until);

  test("at the provider, which must ask anew, and gets another secret", async () => {
    for (const leo of await signedIn()) {
      expect(await provedUntil(leo)).toBe("2020-01-01T00:15:00");
      const before = leo.cookieOf(publicUrl.origin);
      const { searchParams } = new URL((await leo.step(proof)).location);
      expect([searchParams.get("prompt"), searchParams.get("max_age")]).toEqual(["login", "0"]);
      expect((await leo.follow(proof)).location).toBe("/users");
      expect((await provedUntil(leo)) > new Date().toISOString()).toBe(true);
      leo.setCookie(publicUrl.origin, before);
      expect((await leo.send("GET", "/api/orders")).status).toBe(401);
    }
  });

  test("not with what the provider has been told before", async () => {
    const leos = await signedIn();
    const backs = await Promise.all(leos.map((leo) => leo.untilBack(proof)));
    // As if the user had been asked an hour before this proof began.
    await api.onDatabases(async (database) => {
      await database.run(sql(`UPDATE single_sign_ons SET expires_at = '2099-01-01 00:00:00'`));
    });
    for (const [index, leo] of leos.entries()) {
      expect((await leo.step(backs[index] ?? "")).location).toBe("/sign-in?refused=wrong-single-sign-on");
      expect(await provedUntil(leo)).toBe("2020-01-01T00:15:00");
    }
  });

  test("not as somebody else, nor in another session, nor without one", async () => {
    for (const leo of await signedIn()) {
      leo.become("ana-1");
      expect((await leo.follow(proof)).location).toBe("/sign-in?refused=other-account");
      expect((await leo.send("GET", "/api/session")).data).toMatchObject({ user: { name: "leo" } });
      leo.become("leo-1");
      const back = await leo.untilBack(proof);
      await leo.send("DELETE", "/api/session");
      expect((await leo.step(back)).location).toBe("/sign-in?refused=wrong-single-sign-on");
      expect((await leo.step(proof)).location).toBe("/sign-in?refused=unauthenticated");
    }
  });
});

test("an admin links a user with an account whose address nobody has verified, and takes the link away", async () => {
  for (const { url } of api.servers) {
    const ana = new TestBrowser(url, publicUrl);
    await ana.send("POST", "/api/session", { email_address: "ana@northwind.example", password });
    const user = { email_address: "ada@northwind.example", name: "Ada", roles: ["viewer"] };
    const { id } = Object((await ana.send("POST", "/api/users", user)).data);
    const ada = new TestBrowser(url, publicUrl, "ada-1");
    expect((await ada.follow(begin)).location).toBe("/sign-in?refused=no-account");
    const link = `/api/users/${id}/identity`;
    expect(await ana.send("PUT", link, { subject: "ada-1" })).toMatchObject({ data: { subject: "ada-1" } });
    expect((await ada.follow(begin)).location).toBe("/");
    expect((await ada.send("GET", "/api/session")).data).toMatchObject({ user: { name: "Ada" } });
    expect((await ana.send("PUT", "/api/users/1/identity", { subject: "ada-1" })).code).toBe("duplicate");
    expect((await ana.send("PUT", "/api/users/2147483000/identity", { subject: "x" })).code).toBe("not-found");
    expect((await ana.send("DELETE", link)).status).toBe(200);
    expect((await ana.send("DELETE", link)).status).toBe(404);
    expect((await ada.follow(begin)).location).toBe("/sign-in?refused=no-account");
  }
});

test("a sign-in that was begun too long ago is refused", async () => {
  const late = sql(`UPDATE single_sign_ons SET expires_at = '2020-01-01 00:00:00'`);
  const leos = api.servers.map(({ url }) => new TestBrowser(url, publicUrl, "leo-1"));
  const backs = await Promise.all(leos.map((leo) => leo.untilBack(begin)));
  await api.onDatabases(async (database) => {
    await database.run(late);
  });
  for (const [index, leo] of leos.entries())
    expect((await leo.step(backs[index] ?? "")).location).toBe("/sign-in?refused=wrong-single-sign-on");
});

test("a provider that is down is said in words, stops nothing else, and is asked again later", async () => {
  const first = await startProvider(callback);
  await first.stop();
  const engines = await startBothEngines({ singleSignOn: settingsOf(first) });
  await addUsers(engines);
  const { status, body } = await engines.call("GET", begin);
  expect([status, body.code, body.message]).toEqual([
    ...[503, "single-sign-on-unavailable"],
    "The provider of single sign-on cannot be used at the moment: try again later.",
  ]);
  const leos = engines.servers.map(({ url }) => new TestBrowser(url, publicUrl, "leo-1"));
  for (const leo of leos) expect((await leo.step(begin)).location).toBe("/sign-in?refused=single-sign-on-unavailable");
  const signedIn = await engines.call("POST", "/api/session", {
    body: { email_address: "ana@northwind.example", password },
  });
  expect(signedIn.status).toBe(200);
  const again = await startProvider(callback, first.port);
  again.accounts.set("leo-1", { email: "leo@northwind.example", email_verified: true });
  for (const leo of leos) expect((await leo.follow(begin)).location).toBe("/");
  // It stops between the question and the answer.
  const backs = await Promise.all(leos.map((leo) => leo.untilBack(begin)));
  await again.stop();
  for (const [index, leo] of leos.entries())
    expect((await leo.step(backs[index] ?? "")).location).toBe("/sign-in?refused=single-sign-on-unavailable");
  // Each beginning is a row, so there is an end to them.
  const answers = await Promise.all(Array.from({ length: 101 }, () => leos[0]?.step(begin)));
  expect(answers.map((answer) => answer?.location)).toContain("/sign-in?refused=slow-down");
  await engines.stop();
}, 60_000);

test("without a provider there is no single sign-on", async () => {
  const engines = await startBothEngines();
  for (const path of [begin, callbackPath]) {
    const { status, body } = await engines.call("GET", path);
    expect([status, body.message]).toEqual([404, "Single sign-on is not set up here."]);
  }
  await engines.stop();
});
