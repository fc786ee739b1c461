// With --require-second-factor nobody may do anything before a second factor is set up, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Secret, TOTP } from "otpauth";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

const stepMs = 30_000;
const clock = { now: Date.now() };
const ana = { email_address: "ana@northwind.example", name: "Ana", password: "correct horse battery" };

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ now: () => clock.now, access: { requiresSecondFactor: true } });
}, startTimeoutMs);
afterAll(() => api.stop());

describe.each([0, 1])("server %d", (index) => {
  test("a user has no right before the authenticator app is in force, not by a token either, and all from then on", async () => {
    const browser = new Browser(api.servers[index]?.url ?? "");
    const made = await browser.call("POST", "/api/session/first-user", ana);
    expect(made.data).toMatchObject({ state: "signed-in", rights: [], needs_second_factor: true });
    for (const [method, path] of [
      ["GET", "/api/orders"],
      ["GET", "/api/company"],
      ["POST", "/api/tokens"],
      ["GET", "/api/users"],
    ] as const)
      expect([path, (await browser.call(method, path, method === "GET" ? undefined : { name: "all" })).code]).toEqual([
        ...[path, "second-factor-required"],
      ]);
    expect((await browser.call("GET", "/api/account")).status).toBe(200);
    const { secret } = Object((await browser.call("POST", "/api/account/totp")).data);
    const app = new TOTP({ secret: Secret.fromBase32(secret) });
    const code = () => app.generate({ timestamp: clock.now });
    expect((await browser.call("PUT", "/api/account/totp", { code: code() })).status).toBe(200);
    expect((await browser.call("GET", "/api/session")).data).toMatchObject({ needs_second_factor: false });
    expect((await browser.call("GET", "/api/orders")).status).toBe(200);
    // From now on the password alone is not enough.
    const again = new Browser(api.servers[index]?.url ?? "");
    expect((await again.signIn(ana)).code).toBe("second-factor");
    clock.now += stepMs;
    expect((await again.signIn({ ...ana, code: code() })).data).toMatchObject({ needs_second_factor: false });
    // Without it there is nothing to be done again.
    expect((await again.call("DELETE", "/api/account/totp")).status).toBe(200);
    expect((await again.call("GET", "/api/orders")).code).toBe("second-factor-required");
  });
});
