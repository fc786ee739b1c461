// What `GET /api/orders/{id}/actions` allows, and what the API then does, for each role and each state of an order.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { Browser } from "../../access/browser.ts";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { roles } from "../../rights/rights.ts";

let api: BothEngines;
/** Of each state of an order, the order in it; the same on both engines. */
const orders = new Map<string, number>();
const password = "correct horse battery";
beforeAll(async () => {
  api = await startBothEngines();
  await makeOrders();
  for (const role of ["admin", ...roles.filter((name) => name !== "admin")]) {
    const body = { email_address: `${role}@example.com`, name: role, roles: [role], password };
    for (const { url } of api.servers) {
      const admin = new Browser(url);
      if (role !== "admin") await admin.signIn({ email_address: "admin@example.com", password });
      await admin.call("POST", "/api/users", body);
    }
  }
}, startTimeoutMs);
afterAll(() => api.stop());

const id = ({ body }: Awaited<ReturnType<BothEngines["call"]>>): number => Object(body.data).id;

async function makeOrders() {
  const post = async (path: string, body: object) => id(await api.call("POST", path, { body }));
  const customer_id = await post("/api/customers", { company: "Cafe" });
  const employee_id = await post("/api/employees", { company: "Northwind", last_name: "Lee", first_name: "Ann" });
  const shipper_id = await post("/api/shippers", { company: "Fast" });
  const idea = await post("/api/products", { product_name: "Idea", list_price: "2" });
  const tea = await post("/api/products", { product_name: "Tea", list_price: "2", stocked: true });
  const gone = await post("/api/products", { product_name: "Jam", list_price: "2", stocked: true });
  const address = { ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome", ship_zip_postal_code: "1" };
  const sent = { customer_id, employee_id, shipper_id, ...address, ship_country_region: "Italy" };
  const detailed = (product_id: number, quantity = 1) => ({ ...sent, order_details: [{ product_id, quantity }] });
  const act = async (order: number, action: string, body?: object) =>
    expect((await api.call("POST", `/api/orders/${order}/${action}`, body && { body })).status).toBe(200);
  const received = { product_id: tea, type: "adjusted", quantity: 9, reason: "Counted" };
  await api.call("POST", "/api/stock/adjustments", { body: received });
  orders.set("empty", await post("/api/orders", {}));
  const emptied = await post("/api/orders", { order_details: [{ product_id: idea, quantity: 1 }] });
  await api.call("PUT", `/api/orders/${emptied}`, { body: { order_details: [] } });
  orders.set("emptied", emptied);
  orders.set("incomplete", await post("/api/orders", { order_details: [{ product_id: tea, quantity: 1 }] }));
  orders.set("holding", await post("/api/orders", detailed(tea)));
  orders.set("short", await post("/api/orders", detailed(gone)));
  const supplier_id = await post("/api/suppliers", { company: "Imports" });
  const sold = { stocked: true, supplier_ids: [supplier_id] };
  const ham = await post("/api/products", { product_name: "Ham", list_price: "2", standard_cost: "1", ...sold });
  orders.set("to be bought", await post("/api/orders", detailed(ham)));
  orders.set("bought", await post("/api/orders", detailed(ham)));
  await act(orders.get("bought") ?? 0, "purchase", {});
  orders.set("waiting", await post("/api/orders", { ...detailed(tea), shipping_policy: "ask" }));
  const part = await post("/api/orders", detailed(tea, 2));
  await act(part, "invoice");
  const { body } = await api.call("GET", `/api/orders/${part}?include=details`);
  await act(part, "ship", { order_details: [{ id: Object(body.data).order_details[0].id, quantity: 1 }] });
  orders.set("partly shipped", part);
  const cancelled = await post("/api/orders", detailed(tea));
  await act(cancelled, "cancel");
  orders.set("cancelled", cancelled);
  orders.set("taken back", await takenBack(detailed(tea), act));
  orders.set("new", await post("/api/orders", detailed(idea)));
  for (const [place, name] of ["invoiced", "shipped", "closed"].entries()) {
    const order = await post("/api/orders", detailed(idea));
    const paid = { payment_type: "Cash", paid_date: "2030-01-01T00:00:00" };
    for (let status_id = 1; status_id <= place + 1; status_id += 1)
      expect((await api.call("PUT", `/api/orders/${order}`, { body: { ...paid, status_id } })).status).toBe(200);
    orders.set(name, order);
  }
}

/** An order of which everything has come back. */
async function takenBack(body: object, act: (order: number, action: string, sent?: object) => Promise<unknown>) {
  const { body: made } = await api.call("POST", "/api/orders?include=details", { body });
  const order = Object(made.data);
  await act(order.id, "invoice");
  await act(order.id, "ship", {});
  const { id: detail, quantity } = order.order_details[0];
  const order_details = [{ id: detail, quantity, disposition: "stock" }];
  const reply = await api.call("POST", `/api/orders/${order.id}/returns`, { body: { reason: "wrong", order_details } });
  expect(reply.status).toBe(201);
  return order.id;
}

/** The first detail of an order comes back, if it has one. */
async function returning(user: Browser, order: number) {
  const { order_details } = Object((await user.call("GET", `/api/orders/${order}?include=details`)).data);
  const named = order_details.slice(0, 1).map((detail: { readonly id: number }) => ({
    ...{ id: detail.id, quantity: 1, disposition: "scrap" },
  }));
  return { reason: "broken", order_details: named };
}

const attempts: Readonly<Record<string, readonly [method: string, path: string, body?: object]>> = {
  update: ["PUT", "", { notes: "looked at" }],
  allocate: ["POST", "/allocate", {}],
  release: ["POST", "/release", {}],
  purchase: ["POST", "/purchase", {}],
  invoice: ["POST", "/invoice"],
  ship: ["POST", "/ship", {}],
  return: ["POST", "/returns"],
  close: ["POST", "/close"],
  cancel: ["POST", "/cancel"],
  reopen: ["POST", "/reopen"],
  delete: ["DELETE", ""],
};

describe.each([0, 1])("GET /api/orders/{id}/actions 200, server %d", (index) => {
  test.each(roles)("what %s is told is what it may do", async (role) => {
    const user = new Browser(api.servers[index]?.url ?? "");
    await user.signIn({ email_address: `${role}@example.com`, password });
    for (const [state, order] of orders) {
      const { data } = await user.call("GET", `/api/orders/${order}/actions`);
      const { allowed_actions: allowed, refused_actions: refused } = Object(data);
      const read = Object((await user.call("GET", `/api/orders/${order}?include=actions`)).data).actions;
      expect(read.map((one: { readonly action: string }) => one.action)).toEqual(Object.keys(attempts));
      for (const [action, [method, path, body]] of Object.entries(attempts)) {
        const sent = action === "return" ? await returning(user, order) : body;
        const { status, errors } = Object(await user.call(method, `/api/orders/${order}${path}?dry_run=1`, sent));
        const told = read.find((one: { readonly action: string }) => one.action === action);
        const found = [role, state, action, status === 200];
        expect([role, state, action, allowed.includes(action)]).toEqual(found);
        expect([role, state, action, told.allowed]).toEqual(found);
        const reasons = refused.find((one: { readonly action: string }) => one.action === action)?.reasons ?? [];
        const messages = told.unmet.map((one: { readonly message: string }) => one.message);
        expect([role, state, action, reasons.length > 0, messages]).toEqual([
          role,
          state,
          action,
          status !== 200,
          reasons,
        ]);
        if (status === 403)
          expect(reasons[0]).toMatch(/^You lack the right (?:(?:write|ship|delete)-orders|write-purchases)\.$/);
        // A refused action says the very conditions, and what to do about each.
        const said = told.unmet.map((one: { readonly message: string; readonly what_to_do: string }) => [
          one.message,
          one.what_to_do,
        ]);
        if (status === 409 && method === "POST")
          expect([role, state, action, errors.map((one: { readonly message: string }) => one.message)]).toEqual([
            ...[role, state, action],
            said.map((one: readonly string[]) => one.join(" ")),
          ]);
      }
    }
  });
});

test("GET /api/orders/{id}/actions 404", async () => {
  for (const { url } of api.servers) {
    const admin = new Browser(url);
    await admin.signIn({ email_address: "admin@example.com", password });
    expect((await admin.call("GET", "/api/orders/2147483647/actions")).status).toBe(404);
  }
});

test("an action that is sent no body does what it does with an empty one; a list needs one", async () => {
  const admin = { email_address: "admin@example.com", password };
  for (const { url } of api.servers) {
    const browser = new Browser(url);
    await browser.signIn(admin);
    const statusOf = async (path: string) => (await browser.call("POST", path)).status;
    for (const action of ["allocate", "release", "ship", "purchase", "put-back", "invoice"])
      expect([action, await statusOf(`/api/orders/2147483647/${action}`)]).toEqual([action, 404]);
    for (const action of ["receive", "close"])
      expect([action, await statusOf(`/api/purchase_orders/2147483647/${action}`)]).toEqual([action, 404]);
    expect(await statusOf(`/api/orders/${orders.get("holding")}/ship?dry_run=1`)).toBe(409);
    expect(await statusOf(`/api/orders/${orders.get("holding")}/release?dry_run=1`)).toBe(200);
    expect(await statusOf("/api/orders")).toBe(400);
  }
});
