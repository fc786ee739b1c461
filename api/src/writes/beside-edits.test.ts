// Writes of orders while others change the records to which the orders refer: they wait, and are not refused.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import type { RunningServer } from "../http/server.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  for (const path of ["customers", "employees", "shippers", "suppliers"])
    await api.call("POST", `/api/${path}`, { body: { company: "Busy" } });
  await api.call("POST", "/api/products", { body: { product_name: "Tea", list_price: "18" } });
}, startTimeoutMs);
afterAll(() => api.stop());

async function send(server: RunningServer, method: string, path: string, body: object) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(server.url + path, { method, headers, body: JSON.stringify(body) });
  await response.text();
  return { status: response.status, location: response.headers.get("location") ?? "" };
}

/** Repeats a request one after the other until it is stopped. */
function repeat(request: () => Promise<unknown>): { stop(): Promise<void> } {
  let isRunning = true;
  const done = (async () => {
    while (isRunning) await request();
  })();
  return {
    stop() {
      isRunning = false;
      return done;
    },
  };
}

/** The distinct statuses of writes while editors change the record all the time. */
async function statusesBeside(
  edited: string,
  write: (server: RunningServer) => Promise<{ status: number }>,
): Promise<number[]> {
  const statuses = new Set<number>();
  for (const server of api.servers) {
    const edit = () => send(server, "PUT", edited, edited.includes("products") ? { description: "d" } : { notes: "n" });
    const editors = [edit, edit, edit].map(repeat);
    const writers = Array.from({ length: 3 }, async () => {
      for (let count = 0; count < 12; count += 1) statuses.add((await write(server)).status);
    });
    await Promise.all(writers);
    for (const editor of editors) await editor.stop();
  }
  return [...statuses];
}

const order_details = [{ product_id: 1, quantity: 1 }];
const references = { customer_id: 1, employee_id: 1, shipper_id: 1 };

describe.each(["customers", "employees", "shippers", "products"])(
  "while one of the %s is edited all the time",
  (path) => {
    test("POST /api/orders 201", async () => {
      const body = { ...references, order_details };
      expect(await statusesBeside(`/api/${path}/1`, (server) => send(server, "POST", "/api/orders", body))).toEqual([
        201,
      ]);
    });

    test("PUT /api/orders/{id} 200", async () => {
      const write = async (server: RunningServer) => {
        const { location } = await send(server, "POST", "/api/orders", {});
        return send(server, "PUT", location, { ...references, order_details });
      };
      expect(await statusesBeside(`/api/${path}/1`, write)).toEqual([200]);
    });
  },
);
