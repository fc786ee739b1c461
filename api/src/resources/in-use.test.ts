// Deletions beside writes that begin to refer to what is deleted: one of the two is refused.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

async function send(url: string, method: string, path: string, body?: object) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.text();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

const idIn = (location: string) => Number(location.split("/").at(-1));

/** How often both a write that refers to a record and the deletion of the record were accepted. */
async function dangling(path: string, made: object, write: (url: string, id: number) => Promise<{ status: number }>) {
  let both = 0;
  for (const { url } of api.servers)
    for (let turn = 0; turn < 15; turn += 1) {
      const { location } = await send(url, "POST", path, made);
      const [written, deleted] = await Promise.all([write(url, idIn(location)), send(url, "DELETE", location)]);
      expect([200, 201, 422, 409]).toContain(written.status);
      if (written.status < 300 && deleted.status === 200) both += 1;
    }
  return both;
}

test("DELETE /api/suppliers/{id}, or a product that names the supplier, never both", async () => {
  await api.call("POST", "/api/products", { body: { product_name: "Tea" } });
  const write = (url: string, id: number) => send(url, "PUT", "/api/products/1", { supplier_ids: [id] });
  expect(await dangling("/api/suppliers", { company: "S" }, write)).toBe(0);
  const create = (url: string, id: number) =>
    send(url, "POST", "/api/products", { product_name: "T", supplier_ids: [id] });
  expect(await dangling("/api/suppliers", { company: "S" }, create)).toBe(0);
});

test("DELETE of a customer, shipper, employee or product, or an order that names it, never both", async () => {
  for (const [path, field] of [
    ["/api/customers", "customer_id"],
    ["/api/shippers", "shipper_id"],
    ["/api/employees", "employee_id"],
  ] as const) {
    const write = (url: string, id: number) => send(url, "POST", "/api/orders", { [field]: id });
    expect([path, await dangling(path, { company: "C" }, write)]).toEqual([path, 0]);
  }
  const write = (url: string, id: number) =>
    send(url, "POST", "/api/orders", { order_details: [{ product_id: id, quantity: 1 }] });
  expect(await dangling("/api/products", { product_name: "P" }, write)).toBe(0);
});
