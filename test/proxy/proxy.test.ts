// The program behind Caddy as Debian ships it, with the configuration of docs/caddy and a certificate of its own.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { callbackPath } from "../../api/src/access/single-sign-on/provider.ts";
import {
  clientId,
  clientSecret,
  type RealProvider,
  startProvider,
} from "../../api/src/access/single-sign-on/real-provider.ts";
import { TestBrowser } from "../../api/src/access/single-sign-on/test-browser.ts";
import { buildPages } from "../../web/build.mjs";
import { installChromium } from "../../web/test/chromium.ts";
import { Program } from "../program.ts";
import { startCaddy } from "./caddy.ts";
import { overTls } from "./over-tls.ts";

const root = join(import.meta.dir, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "northwind-proxy-"));
const name = "orders.example";
const [tlsPort, pagesPort] = [freePort(), freePort()];
const publicUrl = new URL(`https://${name}:${tlsPort}`);
const ana = { email_address: "ana@northwind.example", password: "correct horse battery" };

let provider: RealProvider;
let program: Program;
let caddy: Awaited<ReturnType<typeof startCaddy>>;
beforeAll(async () => {
  expect(buildPages(() => undefined)).toBeNull();
  provider = await startProvider(new URL(callbackPath, publicUrl).href);
  const options = {
    ...{ pages: "web/serve.mjs", port: "0", "web-port": `${pagesPort}`, "log-level": "off" },
    ...{ database: `sqlite:${folder}/northwind.db`, "public-url": publicUrl.origin, "trusted-proxies": "127.0.0.1" },
    ...{ "oidc-issuer": provider.issuer, "oidc-client-id": clientId, "oidc-name": "Work account" },
  };
  const args = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  program = new Program(process.execPath, ["api/src/main.ts", "--no-sample", ...args], root, {
    ...{ OIDC_CLIENT_SECRET: clientSecret, NODE_ENV: "production" },
  });
  [caddy] = await Promise.all([startCaddy(folder, `${name}:${tlsPort}`, pagesPort), program.until(/^Pages\s+http/m)]);
}, 120_000);
afterAll(async () => {
  caddy?.stop();
  program.signalGroup("SIGKILL");
  await Promise.all([program.ended, caddy?.ended, provider.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

function freePort(): number {
  const probe = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data() {} } });
  const { port } = probe;
  probe.stop(true);
  return port;
}

const ask = (path: string, init: RequestInit = {}, from?: string) =>
  overTls({ name, port: tlsPort, authority: caddy.authority, ...(from === undefined ? {} : { from }) })(path, init);

const json = { "content-type": "application/json" };

/** Signs in and gives the answer with the cookie. */
function signIn(headers: Readonly<Record<string, string>> = {}, from?: string): Promise<Response> {
  return ask(
    `${publicUrl.origin}/api/session`,
    { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(ana) },
    from,
  );
}

const sessionCookie = /^__Host-northwind=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure$/;

test("a server on loopback that is public by its proxy is not open: the first user is made with the printed link", async () => {
  const refused = await ask(`${publicUrl.origin}/api/orders`);
  expect(refused.status).toBe(401);
  const link = await program.until(/^\s+(https:\S+\/first-user#\S+)$/m);
  expect(link.startsWith(`${publicUrl.origin}/`)).toBe(true);
  const body = JSON.stringify({ ...ana, name: "Ana", link: link.split("#")[1] });
  const made = await ask(`${publicUrl.origin}/api/session/first-user`, { method: "POST", headers: json, body });
  expect(made.ok).toBe(true);
  expect(made.headers.getSetCookie()[0]).toMatch(sessionCookie);
});

test("the cookie of a sign-in is Secure and belongs to this host, and only that one counts", async () => {
  const [cookie = ""] = (await signIn()).headers.getSetCookie();
  expect(cookie).toMatch(sessionCookie);
  const pair = cookie.split(";")[0] ?? "";
  const status = async (sent: string) =>
    (await ask(`${publicUrl.origin}/api/orders`, { headers: { cookie: sent } })).status;
  expect([await status(pair), await status(pair.replace("__Host-", ""))]).toEqual([200, 401]);
});

test("every answer tells browsers to come back over TLS", async () => {
  for (const path of ["/sign-in", "/icon.svg", "/api/health", "/api/orders", "/nothing", "/api/openapi.json"]) {
    const { headers } = await ask(publicUrl.origin + path);
    expect([path, headers.get("strict-transport-security")]).toEqual([path, "max-age=31536000; includeSubDomains"]);
  }
});

test("the address of a client is the one that the proxy has seen, whatever the client says", async () => {
  const forged = { "x-forwarded-for": "203.0.113.9" };
  const [cookie = ""] = (await signIn(forged, "127.0.0.2")).headers.getSetCookie();
  const sessions = await ask(`${publicUrl.origin}/api/account/sessions`, {
    headers: { cookie: cookie.split(";")[0] ?? "" },
  });
  const text = await sessions.text();
  expect([text.includes('"address":"127.0.0.2"'), text.includes("203.0.113.9")]).toEqual([true, false]);
});

test("its pages may change something, those of others may not, and it answers under its names only", async () => {
  const own = { origin: publicUrl.origin, "sec-fetch-site": "same-origin" };
  expect((await signIn(own)).status).toBe(200);
  expect((await signIn({ origin: publicUrl.origin })).status).toBe(200);
  for (const headers of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    const refused = await signIn(headers);
    expect([refused.status, (await refused.text()).includes('"foreign-origin"')]).toEqual([403, true]);
  }
  const misdirected = await fetch(`http://127.0.0.1:${pagesPort}/sign-in`, { headers: { host: "evil.example" } });
  expect(misdirected.status).toBe(421);
  const other = await ask(`${publicUrl.origin}/api/health`, { headers: { host: `evil.example:${tlsPort}` } });
  expect(await other.text()).not.toContain("success");
});

test("single sign-on leads to the public address and back, with cookies for this host", async () => {
  provider.accounts.set("ana-1", { email: ana.email_address, email_verified: true });
  const browser = new TestBrowser(publicUrl.origin, publicUrl, "ana-1", ask);
  const { location, cookies } = await browser.step("/api/session/single-sign-on?to=%2Forders");
  expect(new URL(location).searchParams.get("redirect_uri")).toBe(`${publicUrl.origin}${callbackPath}`);
  expect(cookies).toEqual([
    expect.stringMatching(/^__Host-northwind-sign-on=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600; Secure$/),
  ]);
  const back = await browser.follow("/api/session/single-sign-on?to=%2Forders");
  expect([back.status, back.location]).toEqual([302, "/orders"]);
  expect(back.cookies.map((cookie) => cookie.split("=")[0])).toEqual(["__Host-northwind", "__Host-northwind-sign-on"]);
  expect(await browser.send("GET", "/api/session")).toMatchObject({
    data: { state: "signed-in", user: { name: "Ana" } },
  });
});

test("no header changes the public address", async () => {
  const forged = { "x-forwarded-host": "evil.example", "x-forwarded-proto": "http", forwarded: "host=evil.example" };
  const headers = { host: `${name}:${tlsPort}`, ...forged };
  const url = `http://127.0.0.1:${pagesPort}/api/session/single-sign-on?to=%2Forders`;
  const begun = await fetch(url, { redirect: "manual", headers });
  const location = new URL(begun.headers.get("location") ?? "");
  expect(location.searchParams.get("redirect_uri")).toBe(`${publicUrl.origin}${callbackPath}`);
});

test("a real browser goes from the button to the provider and back to the page that was asked for", async () => {
  // The certificate has been checked above; here the browser's own rules for cookies count.
  const args = [`--host-resolver-rules=MAP ${name} 127.0.0.1`];
  const browser = await chromium.launch({ executablePath: installChromium(), args });
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    await context.addCookies([{ name: "account", value: "ana-1", url: provider.issuer }]);
    const page = await context.newPage();
    await page.goto(`${publicUrl.origin}/orders`);
    expect(new URL(page.url()).pathname).toBe("/sign-in");
    await page.getByRole("link", { name: /Work account/ }).click();
    await page.waitForURL(`${publicUrl.origin}/orders`);
    const cookies = (await context.cookies(publicUrl.origin)).filter((cookie) => cookie.name.startsWith("__Host-"));
    expect(cookies).toMatchObject([{ name: "__Host-northwind", secure: true, httpOnly: true, sameSite: "Lax" }]);
    // Who says no at the provider reads so.
    await context.clearCookies();
    await page.goto(`${publicUrl.origin}/sign-in`);
    await page.getByRole("link", { name: /Work account/ }).click();
    await page.waitForURL(/refused=single-sign-on-declined/);
    await page.getByText("Your work account did not sign you in.").waitFor();
  } finally {
    await browser.close();
  }
});
