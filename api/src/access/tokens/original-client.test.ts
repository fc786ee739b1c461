// A client of the original system, which knows no sign-in: with a token it uses the eight routes as before.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../../both-engines.ts";
import { Browser } from "../browser.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const ana = { email_address: "ana@example.com", name: "Ana", password: "correct horse battery" };

describe.each([0, 1])("server %d", (index) => {
  test("a token with four rights runs the eight original routes, and nothing else", async () => {
    const url = api.servers[index]?.url ?? "";
    const admin = new Browser(url);
    await admin.call("POST", "/api/session/first-user", ana);
    const rights = ["read-orders", "write-orders", "delete-orders", "see-prices"];
    const { token } = Object((await admin.call("POST", "/api/tokens", { name: "till", rights })).data);
    const till = new Browser(url, `Bearer ${token}`);
    const { id, taxes } = Object((await till.call("POST", "/api/orders", { taxes: "1.5" })).data);
    expect(taxes).toBe("1.5000");
    const asked = [
      ["GET", "/api/health"],
      ["GET", "/api/orders"],
      ["GET", `/api/orders/${id}`],
      ["PUT", `/api/orders/${id}`, { notes: "paid" }],
      ["GET", "/api/orders/customer/1"],
      ["GET", "/api/orders/employee/1"],
      ["DELETE", `/api/orders/${id}`],
    ] as const;
    for (const [method, path, body] of asked)
      expect([method, path, (await till.call(method, path, body)).status]).toEqual([method, path, 200]);
    for (const path of ["/api/customers", "/api/users", "/api/orders.csv", "/api/summary", "/api/changes"])
      expect([path, (await till.call("GET", path)).status]).toEqual([path, 403]);
  });
});
