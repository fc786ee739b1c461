// Signing in, sessions, rights and users, on both engines (docs/decisions/0097-access.md).
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { Browser } from "./browser.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

test("GET /api/session 200: open while there is no user", async () => {
  const { body } = await api.call("GET", "/api/session");
  expect(body.data).toMatchObject({ state: "open", user: null });
  expect((await api.call("GET", "/api/orders")).status).toBe(200);
});

test("POST /api/users 422: the first user is an admin with a password", async () => {
  const reply = await api.call("POST", "/api/users", {
    body: { email_address: "a@b.example", name: "A", roles: ["viewer"] },
  });
  expect(reply.body.errors).toMatchObject([{ pointer: "#/roles" }, { pointer: "#/password" }]);
});

const admin = {
  email_address: "Ana@Northwind.example",
  name: "Ana",
  roles: ["admin"],
  password: "correct horse battery",
};
const clerk = { email_address: "leo@northwind.example", name: "Leo", roles: ["order-clerk"] };

test("POST /api/users 201: the first user closes the door", async () => {
  expect((await api.call("POST", "/api/users", { body: admin })).body.data).toMatchObject({
    ...{ id: 1, email_address: "ana@northwind.example", roles: ["admin"], has_password: true },
  });
  const refused = await api.call("GET", "/api/orders");
  expect([refused.status, refused.body.code, refused.headers.get("www-authenticate")]).toEqual([
    ...[401, "unauthenticated", 'Bearer realm="Northwind Orders"'],
  ]);
  expect((await api.call("GET", "/api/session")).body.data).toMatchObject({
    ...{ state: "signed-out", user: null, rights: [], proved_until: null },
  });
  expect((await api.call("GET", "/api/health")).status).toBe(200);
});

test("POST /api/session 401: one answer for a wrong password and for nobody", async () => {
  const attempt = async (email_address: string) =>
    (await api.call("POST", "/api/session", { body: { email_address, password: "wrong horse battery" } })).body;
  const { request_id: _, instance: __, ...known } = await attempt("ana@northwind.example");
  const { request_id: ___, instance: ____, ...unknown } = await attempt("nobody@northwind.example");
  expect(known).toEqual(unknown);
  expect(known.code).toBe("wrong-sign-in");
});

describe.each(["sqlite", "mariadb"])("a browser on %s", (engine) => {
  const browser = () => new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "");

  test("signs in, is somebody, and signs out for good", async () => {
    const ana = browser();
    const signed = await ana.signIn({ ...admin, email_address: "ANA@northwind.example " });
    expect(signed).toMatchObject({ status: 200, data: { state: "signed-in", user: { id: 1, name: "Ana" } } });
    expect(signed.set).toMatch(/^northwind=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=2592000$/);
    expect((await ana.call("GET", "/api/session")).data).toMatchObject({ state: "signed-in" });
    expect((await ana.call("GET", "/api/orders")).status).toBe(200);
    const { cookie } = ana;
    expect((await ana.call("DELETE", "/api/session")).data).toMatchObject({ state: "signed-out" });
    ana.cookie = cookie;
    expect((await ana.call("GET", "/api/orders")).status).toBe(401);
  });

  test("signs in several times at once", async () => {
    const replies = await Promise.all(Array.from({ length: 4 }, () => browser().signIn(admin)));
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  });

  test("is let in by a link that works once, and may do what its roles allow", async () => {
    const ana = browser();
    await ana.signIn(admin);
    const { id } = Object(
      (await ana.call("POST", "/api/users", { ...clerk, email_address: `leo@${engine}.example` })).data,
    );
    const { link } = Object((await ana.call("POST", `/api/users/${id}/password-link`)).data);
    const leo = browser();
    expect(await leo.call("POST", "/api/session/password", { link, password: "short" })).toMatchObject({ status: 422 });
    const password = "a lion of its own";
    expect((await leo.call("POST", "/api/session/password", { link, password })).data).toMatchObject({
      user: { name: "Leo" },
    });
    expect((await browser().call("POST", "/api/session/password", { link, password })).code).toBe("wrong-link");
    expect((await leo.call("POST", "/api/orders", {})).status).toBe(201);
    expect(await leo.call("POST", "/api/products", { product_name: "x" })).toMatchObject({
      status: 403,
      code: "forbidden",
    });
    expect((await leo.call("GET", "/api/users")).status).toBe(403);
    // Disabled: at once.
    await ana.call("PUT", `/api/users/${id}`, { disabled: true });
    expect((await leo.call("GET", "/api/orders")).status).toBe(401);
    expect((await leo.signIn({ email_address: `leo@${engine}.example`, password })).code).toBe("wrong-sign-in");
  });

  test("ends all its other sessions, and an admin those of anybody", async () => {
    const [ana, phone, desk] = [browser(), browser(), browser()];
    for (const one of [ana, phone, desk]) await one.signIn(admin);
    expect((await desk.call("DELETE", "/api/account/sessions")).status).toBe(200);
    for (const one of [ana, phone]) expect((await one.call("GET", "/api/orders")).status).toBe(401);
    expect((await desk.call("GET", "/api/account/sessions")).data).toMatchObject([{ current: true }]);
    const user = { email_address: `eve@${engine}.example`, name: "Eve", roles: ["viewer"], password: admin.password };
    const { id } = Object((await desk.call("POST", "/api/users", user)).data);
    const eve = browser();
    await eve.signIn(user);
    expect((await eve.call("DELETE", "/api/users/1/sessions")).status).toBe(403);
    expect((await desk.call("DELETE", "/api/users/2147483647/sessions")).status).toBe(404);
    expect((await desk.call("DELETE", `/api/users/${id}/sessions`)).status).toBe(200);
    expect((await eve.call("GET", "/api/orders")).status).toBe(401);
    expect((await eve.signIn(user)).status).toBe(200);
  });

  test("the last admin stays one", async () => {
    const ana = browser();
    await ana.signIn(admin);
    for (const body of [{ roles: ["viewer"] }, { disabled: true }])
      expect(await ana.call("PUT", "/api/users/1", body)).toMatchObject({ status: 409, code: "state" });
    // Another one who cannot sign in yet is no help.
    const invited = { email_address: `invited@${engine}.example`, name: "Invited", roles: ["admin"] };
    const { id } = Object((await ana.call("POST", "/api/users", invited)).data);
    expect((await ana.call("PUT", "/api/users/1", { disabled: true })).code).toBe("state");
    await ana.call("PUT", `/api/users/${id}`, { disabled: true });
  });

  test("is slowed down after five wrong passwords, and nobody else is", async () => {
    const [stranger, ana] = [browser(), browser()];
    const wrong = { email_address: `target@${engine}.example`, password: "wrong horse battery" };
    const answers: (number | string | undefined)[] = [];
    // On a busy machine the first waits may be over before the next attempt.
    while (answers.length < 12 && answers.at(-1) !== "slow-down") {
      const { status, code } = await stranger.signIn(wrong);
      answers.push(status === 429 ? code : status);
    }
    expect(answers.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(answers.at(-1)).toBe("slow-down");
    expect((await ana.signIn(admin)).status).toBe(200);
  });

  test("guesses no faster when it tries many at once, nor from another address of its IPv6 network", async () => {
    const target = `many@${engine}.example`;
    const attempts = Array.from({ length: 30 }, () =>
      browser().signIn({ email_address: target, password: "wrong horse battery" }),
    );
    const refused = (await Promise.all(attempts)).filter(({ status }) => status === 401).length;
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThanOrEqual(5);
  });

  test("makes a token, with no more rights than it has, which works until it is switched off", async () => {
    const ana = browser();
    await ana.signIn(admin);
    const body = { name: "till", rights: ["read-orders", "write-orders", "see-prices"] };
    const { status, data } = await ana.call("POST", "/api/tokens", body);
    const { id, token } = Object(data);
    expect([status, /^nwo_[0-9A-Za-z]{49}$/.test(token)]).toEqual([201, true]);
    const till = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${token}`);
    expect((await till.call("POST", "/api/orders", {})).status).toBe(201);
    expect((await till.call("GET", "/api/products")).code).toBe("forbidden");
    expect((await till.call("POST", "/api/tokens", { name: "more" })).code).toBe("forbidden");
    const history = await till.call("GET", "/api/orders/1/history");
    expect(history.status).toBe(200);
    expect(await ana.call("PUT", `/api/tokens/${id}`, { disabled: true })).toMatchObject({ status: 200 });
    expect((await till.call("GET", "/api/orders")).code).toBe("unauthenticated");
    const elsewhere = { name: "elsewhere", networks: ["192.0.2.0/24"] };
    const { token: other } = Object((await ana.call("POST", "/api/tokens", elsewhere)).data);
    const away = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${other}`);
    expect((await away.call("GET", "/api/orders")).code).toBe("unauthenticated");
    expect(await ana.call("POST", "/api/tokens", { name: "x", networks: ["here"], rights: [] })).toMatchObject({
      status: 422,
    });
    // A typing error is found without asking the database.
    const mistyped = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${token}x`);
    expect((await mistyped.call("GET", "/api/orders")).code).toBe("unauthenticated");
  });

  test("is named in the audit log, and so is its token", async () => {
    const ana = browser();
    await ana.signIn(admin);
    const { data } = await ana.call("POST", "/api/orders", { notes: "by Ana" });
    const { id } = Object(data);
    expect((await ana.call("GET", `/api/orders/${id}/history`)).data).toMatchObject([{ principal: "1 Ana" }]);
    const { token } = Object((await ana.call("POST", "/api/tokens", { name: "shop" })).data);
    const shop = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${token}`);
    await shop.call("PUT", `/api/orders/${id}`, { notes: "by the shop" });
    expect((await ana.call("GET", `/api/orders/${id}/history`)).data).toMatchObject([
      {},
      { principal: "1 Ana, token shop" },
    ]);
  });

  test("sees neither costs nor prices without the right, wherever they would be answered", async () => {
    const ana = browser();
    await ana.signIn(admin);
    const product = { product_name: `Tea ${engine}`, list_price: "10", standard_cost: "7.7777" };
    const { id } = Object((await ana.call("POST", "/api/products", product)).data);
    const order = { order_details: [{ product_id: id, quantity: 2 }] };
    const { id: orderId } = Object((await ana.call("POST", "/api/orders", order)).data);
    const signedIn = async (role: string) => {
      const email_address = `${role}@${engine}.example`;
      const password = "correct horse battery";
      await ana.call("POST", "/api/users", { email_address, name: role, roles: [role], password });
      const user = browser();
      await user.signIn({ email_address, password });
      return user;
    };
    const paths = [`/api/products/${id}`, "/api/products", `/api/products?q=tea`, `/api/products/${id}/history`];
    const viewer = await signedIn("viewer");
    for (const path of paths) {
      expect(JSON.stringify((await ana.call("GET", path)).data)).toContain("7.7777");
      const seen = JSON.stringify((await viewer.call("GET", path)).data);
      expect([path, seen.includes("7.7777"), seen.includes("list_price")]).toEqual([path, false, true]);
    }
    const warehouse = await signedIn("warehouse");
    const ofOrder = [
      `/api/orders/${orderId}?include=details`,
      "/api/orders?include=totals",
      `/api/orders/${orderId}/history`,
    ];
    for (const path of [...paths, ...ofOrder]) {
      const seen = JSON.stringify((await warehouse.call("GET", path)).data);
      // Names of members: a hash may spell anything.
      expect([path, /"\w*(?:price|cost|total|taxes|fee)\w*":/.exec(seen)?.[0]]).toEqual([path, undefined]);
      expect(seen.length).toBeGreaterThan(50);
    }
    for (const path of ["/api/orders.csv", "/api/orders.xlsx", "/api/summary"])
      expect((await warehouse.call("GET", path)).code).toBe("forbidden");
    // The order of amounts tells them, and so do cursors.
    for (const path of ["/api/orders?sort=-order_total", `/api/orders/customer/1?sort=order_total`])
      expect(await warehouse.call("GET", path)).toMatchObject({ status: 403, code: "forbidden" });
    expect((await warehouse.call("GET", "/api/orders/anchors?sort=order_total")).code).toBe("forbidden");
    expect((await viewer.call("GET", "/api/orders?sort=-order_total")).status).toBe(200);
    // A token that may download orders, but see no prices, downloads none.
    const rights = ["read-orders", "export-orders", "read-summary"];
    expect(await ana.call("POST", "/api/tokens", { name: "files", rights })).toMatchObject({
      status: 422,
      errors: [{ pointer: "#/rights/1" }, { pointer: "#/rights/2" }],
    });
    // Neither does an old version that is refused, or a token of one who may not.
    const { token } = Object((await viewer.call("POST", "/api/tokens", { name: "sheet" })).data);
    const sheet = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${token}`);
    expect(JSON.stringify((await sheet.call("GET", `/api/products/${id}`)).data)).not.toContain("7.7777");
  });

  test("learns nothing that is hidden from hashes, and with a narrow token nothing of customers and users", async () => {
    const ana = browser();
    await ana.signIn(admin);
    const { id } = Object((await ana.call("POST", "/api/products", { product_name: `Nut ${engine}` })).data);
    const { id: orderId } = Object((await ana.call("POST", "/api/orders", {})).data);
    const { token: few } = Object(
      (await ana.call("POST", "/api/tokens", { name: "few", rights: ["read-products", "see-prices"] })).data,
    );
    const viewer = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${few}`);
    // Trying values until the hash of a state is right would reveal what is hidden in it.
    const [entry] = [Object((await viewer.call("GET", `/api/products/${id}/history`)).data)[0]];
    expect([Object.keys(entry).includes("hash"), Object.keys(entry).includes("previous_hash")]).toEqual([false, false]);
    const { token: narrow } = Object(
      (await ana.call("POST", "/api/tokens", { name: "narrow", rights: ["read-orders", "see-prices", "see-costs"] }))
        .data,
    );
    const orders = new Browser(api.servers[engine === "sqlite" ? 0 : 1]?.url ?? "", `Bearer ${narrow}`);
    const included = Object((await orders.call("GET", `/api/orders/${orderId}?include=customer,shipper,totals`)).data);
    expect(["customer" in included, "shipper" in included, "order_total" in included]).toEqual([false, false, true]);
    // Whoever manages users can get every right.
    expect(await ana.call("POST", "/api/tokens", { name: "all", rights: ["manage-users"] })).toMatchObject({
      status: 422,
    });
  });
});
