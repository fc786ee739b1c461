// The currency may get another minor unit only while there is no order, also if both are asked for at once.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/products", { body: { product_name: "Tea" } });
}, startTimeoutMs);
afterAll(() => api.stop());

const order = {
  order_date: "2024-01-15T10:30:00",
  ...{ tax_status_id: 1, tax_rate: "0.1", order_details: [{ product_id: 1, quantity: 1, unit_price: "10.55" }] },
};
/** 10 % of 10.55 in each currency. */
const taxesIn = { USD: "1.0600", JPY: "1.0000" } as const;

test.each(["sqlite", "mariadb"])(
  "on %s, the first order and a change of the currency wait for each other",
  async (engine) => {
    const { url } = api.servers[engine === "sqlite" ? 0 : 1] ?? { url: "" };
    const send = async (method: string, path: string, body?: object) => {
      const headers = { "content-type": "application/json" };
      const reply = await fetch(url + path, {
        method,
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const { data } = JSON.parse(await reply.text());
      return { status: reply.status, data };
    };
    for (let round = 0; round < 4; round += 1) {
      await send("PUT", "/api/company", { currency: "USD" });
      const [made, changed] = await Promise.all([
        send("POST", "/api/orders?include=details", order),
        send("PUT", "/api/company", { currency: "JPY" }),
      ]);
      expect(made.status).toBe(201);
      const currency = changed.status === 200 ? "JPY" : "USD";
      const { subtotal, taxes, order_total } = made.data;
      expect([currency, subtotal, taxes]).toEqual([
        currency,
        currency === "JPY" ? "11.0000" : "10.5500",
        taxesIn[currency],
      ]);
      const read = await send("GET", `/api/orders/${made.data.id}?include=details`);
      expect(read.data).toMatchObject({ subtotal, taxes, order_total });
      await send("DELETE", `/api/orders/${made.data.id}`);
      // Each process looks for orders once a second.
      await Bun.sleep(1200);
    }
  },
);
