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
  const product_id = await post("/api/products", { product_name: "Tea", list_price: "2" });
  const address = { ship_name: "Cafe", ship_address: "Road 1", ship_city: "Rome", ship_zip_postal_code: "1" };
  const complete = {
    ...{ customer_id, employee_id, shipper_id, ...address, ship_country_region: "Italy" },
    order_details: [{ product_id, quantity: 1 }],
  };
  orders.set("empty", await post("/api/orders", {}));
  const emptied = await post("/api/orders", { order_details: [{ product_id, quantity: 1 }] });
  await api.call("PUT", `/api/orders/${emptied}`, { body: { order_details: [] } });
  orders.set("emptied", emptied);
  orders.set("new", await post("/api/orders", complete));
  for (const [place, name] of ["invoiced", "shipped", "closed"].entries()) {
    const order = await post("/api/orders", complete);
    const paid = { payment_type: "Cash", paid_date: "2030-01-01T00:00:00" };
    for (let status_id = 1; status_id <= place + 1; status_id += 1)
      expect((await api.call("PUT", `/api/orders/${order}`, { body: { ...paid, status_id } })).status).toBe(200);
    orders.set(name, order);
  }
}

const attempts = {
  update: { method: "PUT", body: { notes: "looked at" } },
  invoice: { method: "PUT", body: { status_id: 1 } },
  ship: { method: "PUT", body: { status_id: 2 } },
  close: { method: "PUT", body: { status_id: 3 } },
  delete: { method: "DELETE", body: undefined },
} as const;

describe.each([0, 1])("GET /api/orders/{id}/actions 200, server %d", (index) => {
  test.each(roles)("what %s is told is what it may do", async (role) => {
    const user = new Browser(api.servers[index]?.url ?? "");
    await user.signIn({ email_address: `${role}@example.com`, password });
    for (const [state, order] of orders) {
      const { data } = await user.call("GET", `/api/orders/${order}/actions`);
      const { allowed_actions: allowed, refused_actions: refused } = Object(data);
      for (const [action, { method, body }] of Object.entries(attempts)) {
        const { status } = await user.call(method, `/api/orders/${order}?dry_run=1`, body);
        // The status that an order has already may be written again; that is no step.
        const isNoStep = (state === "invoiced" && action === "invoice") || (state === "shipped" && action === "ship");
        if (isNoStep || (state === "closed" && action === "close")) continue;
        expect([role, state, action, allowed.includes(action)]).toEqual([role, state, action, status === 200]);
        const reasons = refused.find((one: { readonly action: string }) => one.action === action)?.reasons ?? [];
        expect([role, state, action, reasons.length > 0]).toEqual([role, state, action, status !== 200]);
        if (status === 403) expect(reasons[0]).toMatch(/^You lack the right (?:write|delete)-orders\.$/);
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
