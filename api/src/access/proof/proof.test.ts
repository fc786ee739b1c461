// What asks for proof again after 15 minutes, and what becomes of sessions when rights are raised, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

const minuteMs = 60_000;
const clock = { now: Date.now() };
const password = "correct horse battery";
const admin = { email_address: "ana@northwind.example", name: "Ana", roles: ["admin"], password };

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ now: () => clock.now });
  await api.call("POST", "/api/users", { body: admin });
}, startTimeoutMs);
afterAll(() => api.stop());

const document: { readonly paths: Readonly<Record<string, Readonly<Record<string, object>>>> } = JSON.parse(
  readFileSync(join(import.meta.dir, "..", "..", "..", "openapi.json"), "utf8"),
);
const asking = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, operation]) =>
    "x-proof" in operation ? [`${method.toUpperCase()} ${path}`] : [],
  ),
);

test("every deletion asks for proof but the end of one's own sessions, and so does whatever lets others in", () => {
  const deletions = Object.entries(document.paths).flatMap(([path, methods]) =>
    "delete" in methods ? [`DELETE ${path}`] : [],
  );
  expect(deletions.filter((one) => !asking.includes(one))).toEqual([
    ...["DELETE /api/session", "DELETE /api/account/sessions", "DELETE /api/account/sessions/{id}"],
  ]);
  expect(asking.filter((one) => !one.startsWith("DELETE"))).toEqual([
    ...["GET /api/orders.csv", "GET /api/orders.xlsx", "PUT /api/company", "PUT /api/company/logo"],
    ...["POST /api/users", "PUT /api/users/{id}", "POST /api/users/{id}/password-link", "PUT /api/users/{id}/identity"],
    ...["POST /api/tokens", "PUT /api/tokens/{id}"],
    ...["POST /api/account/totp", "PUT /api/account/totp", "POST /api/account/recovery-codes"],
    ...["POST /api/account/passkeys", "POST /api/account/passkeys/challenge", "PUT /api/account/passkeys/{id}"],
  ]);
});

/** As after many more guesses, so that the wait is longer than any test takes. */
async function failOften(id: number): Promise<void> {
  const place = `proof of user ${id}`;
  await api.onDatabases(async (database) => {
    await database.run(sql(`UPDATE failed_sign_ins SET failures = 30 WHERE place = :place`), { place });
  });
}

let users = 0;

describe.each(["SQLite", "MariaDB"])("on %s", (engine) => {
  const index = engine === "SQLite" ? 0 : 1;
  const url = () => api.servers[index]?.url ?? "";

  async function signedIn() {
    const ana = new Browser(url());
    await ana.signIn(admin);
    return ana;
  }

  /** A user with this role, signed in. */
  async function newUser(ana: Browser, role: string) {
    users += 1;
    const credentials = { email_address: `user${users}@northwind.example`, password };
    const { data } = await ana.call("POST", "/api/users", { ...credentials, name: "Leo", roles: [role] });
    const browser = new Browser(url());
    await browser.signIn(credentials);
    return { id: Number(Object(data).id), browser, credentials };
  }

  test("after 15 minutes each of these routes is refused, before its body is read, and tokens are never asked", async () => {
    const ana = await signedIn();
    const { token } = Object((await ana.call("POST", "/api/tokens", { name: "till" })).data);
    const { proved_until } = Object((await ana.call("GET", "/api/session")).data);
    expect(Math.abs(Date.parse(`${proved_until}Z`) - clock.now - 15 * minuteMs)).toBeLessThan(2000);
    clock.now += 15 * minuteMs - 2000;
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("not-found");
    clock.now += 2000;
    const program = new Browser(url(), `Bearer ${token}`);
    for (const one of asking) {
      const [method = "", path = ""] = one.replace("{id}", "2147483000").split(" ");
      // What is wrong with the body does not matter yet.
      const body = method === "GET" ? undefined : [];
      expect([one, (await ana.call(method, path, body)).code]).toEqual([one, "proof-required"]);
      if (method !== "GET") expect((await program.call(method, path, body)).code).not.toBe("proof-required");
    }
    expect((await ana.call("GET", "/api/orders")).status).toBe(200);
    expect((await ana.call("POST", "/api/shippers", { company: "Speedy" })).status).toBe(201);
  });

  test("the password is proof for another 15 minutes, and the session gets another secret", async () => {
    const ana = await signedIn();
    const before = ana.cookie;
    clock.now += 16 * minuteMs;
    expect(await ana.call("POST", "/api/session/proof", { password: "wrong horse battery" })).toMatchObject({
      ...{ status: 422, code: "rule", set: undefined },
    });
    const proved = await ana.call("POST", "/api/session/proof", { password });
    expect(proved).toMatchObject({ status: 200, data: { state: "signed-in", user: { name: "Ana" } } });
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("not-found");
    const { cookie } = ana;
    expect(cookie).not.toBe(before);
    ana.cookie = before;
    expect((await ana.call("GET", "/api/orders")).status).toBe(401);
    ana.cookie = cookie;
    clock.now += 15 * minuteMs;
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("proof-required");
  });

  test("of two proofs at once one goes on, and no session has two secrets", async () => {
    const ana = await signedIn();
    const other = new Browser(url());
    other.cookie = ana.cookie;
    const proofs = await Promise.all([ana, other].map((one) => one.call("POST", "/api/session/proof", { password })));
    expect(proofs.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  test("a clock that is set back asks again, and one that was wrong asks no longer", async () => {
    const ana = await signedIn();
    clock.now -= 60 * minuteMs;
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("proof-required");
    expect((await ana.call("POST", "/api/session/proof", { password })).status).toBe(200);
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("not-found");
    clock.now += 60 * minuteMs;
    expect((await ana.call("DELETE", "/api/shippers/2147483000")).code).toBe("proof-required");
  });

  test("guessing the password of a session that was left open is slowed down, also many at once", async () => {
    const { id, browser } = await newUser(await signedIn(), "viewer");
    const begin = performance.now();
    const guess = (_: unknown, number: number) =>
      browser.call("POST", "/api/session/proof", { password: `guess number ${number}` });
    const guesses = await Promise.all(Array.from({ length: 12 }, guess));
    // Five are free; the waits after that double, so a busy machine lets a few more in.
    const waited = Math.log2((performance.now() - begin) / 1000 + 1);
    expect(guesses.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(7 + waited);
    await failOften(id);
    expect(await browser.call("POST", "/api/session/proof", { password })).toMatchObject({ code: "slow-down" });
    expect((await browser.call("GET", "/api/orders")).status).toBe(200);
  });

  test("a token proves nothing, and neither does nobody", async () => {
    const ana = await signedIn();
    const { token } = Object((await ana.call("POST", "/api/tokens", { name: "till" })).data);
    const program = new Browser(url(), `Bearer ${token}`);
    expect(await program.call("POST", "/api/session/proof", { password })).toMatchObject({ code: "forbidden" });
    expect(await new Browser(url()).call("POST", "/api/session/proof", { password })).toMatchObject({ status: 401 });
  });

  test("a cookie that was planted before the sign-in is not taken over, and what it stood for ends", async () => {
    const planted = new Browser(url());
    planted.cookie = `northwind=${"A".repeat(43)}`;
    const victim = new Browser(url());
    victim.cookie = planted.cookie;
    expect((await victim.signIn(admin)).status).toBe(200);
    expect(victim.cookie).not.toBe(planted.cookie);
    expect((await planted.call("GET", "/api/orders")).status).toBe(401);
    // A session that the attacker has, in the browser of somebody else.
    const { browser: attacker } = await newUser(victim, "viewer");
    const second = new Browser(url());
    second.cookie = attacker.cookie;
    expect((await second.signIn(admin)).data).toMatchObject({ user: { name: "Ana" } });
    expect((await attacker.call("GET", "/api/orders")).status).toBe(401);
    expect((await second.call("GET", "/api/orders")).status).toBe(200);
  });

  test("the sessions of a user whose rights are raised end, and those of one who loses rights go on with fewer", async () => {
    const ana = await signedIn();
    const { id, browser, credentials } = await newUser(ana, "viewer");
    expect((await ana.call("PUT", `/api/users/${id}`, { roles: ["order-clerk"] })).status).toBe(200);
    expect((await browser.call("GET", "/api/orders")).status).toBe(401);
    await browser.signIn(credentials);
    expect((await browser.call("POST", "/api/orders", {})).status).toBe(201);
    await ana.call("PUT", `/api/users/${id}`, { roles: ["viewer"], name: "Leonie" });
    expect((await browser.call("POST", "/api/orders", {})).code).toBe("forbidden");
    // The same rights by another role, or another name, end nothing.
    await ana.call("PUT", `/api/users/${id}`, { name: "Leo" });
    expect((await browser.call("GET", "/api/orders")).status).toBe(200);
  });
});
