// What users have chosen for themselves follows them to every browser, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

const password = "correct horse battery";
const admin = { email_address: "ana@northwind.example", name: "Ana", roles: ["admin"], password };
const path = "/api/account/preferences";
const view = { name: "To ship", path: "/orders?status_id=1" };

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/users", { body: admin });
}, startTimeoutMs);
afterAll(() => api.stop());

let users = 0;

describe.each(["SQLite", "MariaDB"])("on %s", (engine) => {
  const url = () => api.servers[engine === "SQLite" ? 0 : 1]?.url ?? "";

  /** A new user who is signed in twice. */
  async function newUser() {
    users += 1;
    const credentials = { email_address: `user${users}@northwind.example`, password };
    const ana = new Browser(url());
    await ana.signIn(admin);
    await ana.call("POST", "/api/users", { ...credentials, name: "Leo", roles: ["viewer"] });
    const [one, other] = [new Browser(url()), new Browser(url())];
    await Promise.all([one.signIn(credentials), other.signIn(credentials)]);
    return { one, other, ana };
  }

  test("nothing is chosen at first; what is chosen in one browser is there in another, and nobody else's", async () => {
    const { one, other, ana } = await newUser();
    const none = { theme: null, locale: null, order_views: null };
    expect((await one.call("GET", path)).data).toEqual(none);
    expect((await one.call("PUT", path, { order_views: [view] })).status).toBe(200);
    expect((await other.call("PUT", path, { theme: "dark", locale: "es" })).status).toBe(200);
    expect((await one.call("GET", path)).data).toEqual({ theme: "dark", locale: "es", order_views: [view] });
    expect((await ana.call("GET", path)).data).toEqual(none);
    expect((await one.call("PUT", path, { theme: null })).data).toMatchObject({ theme: null, locale: "es" });
  });

  test("whoever has not seen the newest version does not overwrite it", async () => {
    const { one, other } = await newUser();
    const put = (browser: Browser, version: number, theme: string) =>
      fetch(url() + path, {
        method: "PUT",
        headers: { "content-type": "application/json", cookie: browser.cookie, "if-match": `"${version}"` },
        body: JSON.stringify({ theme }),
      });
    const first = await put(one, 0, "dark");
    expect([first.status, first.headers.get("etag")]).toEqual([200, '"1"']);
    const stale = await put(other, 0, "light");
    expect([stale.status, stale.headers.get("etag")]).toEqual([412, '"1"']);
    expect(await stale.json()).toMatchObject({ code: "precondition", data: { theme: "dark" } });
    expect((await put(other, 1, "light")).status).toBe(200);
  });

  test("of two that are stored at the same moment, none is lost", async () => {
    const { one, other } = await newUser();
    const both = [one.call("PUT", path, { theme: "dark" }), other.call("PUT", path, { locale: "es" })];
    expect((await Promise.all(both)).map(({ status }) => status)).toEqual([200, 200]);
    expect((await one.call("GET", path)).data).toEqual({ theme: "dark", locale: "es", order_views: null });
  });

  test("a document that is too long, or has something else, is refused, and a token has none", async () => {
    const { one } = await newUser();
    const many = Array.from({ length: 30 }, (_, at) => ({ name: `${at}`, path: `/orders?q=${"\\".repeat(480)}` }));
    expect(await one.call("PUT", path, { order_views: many })).toMatchObject({ status: 422 });
    expect(await one.call("PUT", path, { order_views: [...many, view] })).toMatchObject({ status: 422 });
    expect(await one.call("PUT", path, { theme: "pink" })).toMatchObject({ status: 422 });
    expect(await one.call("PUT", path, { font: "large" })).toMatchObject({ status: 422 });
    const { data } = await one.call("POST", "/api/tokens", { name: "till", rights: ["read-orders"] });
    const authorization = `Bearer ${Object(data).token}`;
    expect((await fetch(url() + path, { headers: { authorization } })).status).toBe(403);
    expect((await fetch(url() + path)).status).toBe(401);
  });
});
