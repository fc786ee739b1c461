import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { utcNow } from "../contract/text.ts";
import { insertOrder } from "../orders/queries.ts";
import { soldToNobody } from "../orders/sold.ts";
import { emptyOrder } from "../orders/write.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/customers", { body: { company: "Chained" } });
  await api.call("POST", "/api/products", { body: { product_name: "Tea", list_price: "18" } });
}, startTimeoutMs);
afterAll(() => api.stop());

interface Entry {
  readonly sequence: number;
  readonly happened_at: string;
  readonly principal: string;
  readonly request_id: string;
  readonly client_request_id: string | null;
  readonly write_id: string;
  readonly action: string;
  readonly before: object | null;
  readonly after: object | null;
  readonly previous_hash: string;
  readonly hash: string;
}

interface History {
  readonly data: readonly Entry[];
  readonly page: { readonly next_cursor: string | null };
}

function isHistory(body: unknown): body is History {
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data) && "page" in body;
}

async function historyAt(url: string): Promise<History> {
  const body: unknown = await (await fetch(url)).json();
  if (!isHistory(body)) throw new Error(`no history at ${url}`);
  return body;
}

/** The history from each server. Ids, times and hashes differ between the two. */
async function historiesOf(path: string): Promise<readonly (readonly Entry[])[]> {
  const histories = await Promise.all(api.servers.map(({ url }) => historyAt(`${url}${path}/history`)));
  return histories.map(({ data }) => data);
}

async function create(plural: string, body: object): Promise<string> {
  return (await api.call("POST", `/api/${plural}`, { body })).headers.get("location") ?? "";
}

/** As the history has it: of its customer, an order keeps name and address. */
async function stateOf(path: string): Promise<unknown> {
  const { customer, ...order } = Object((await api.call("GET", `${path}?include=details,customer`)).body.data);
  const { email_address: _email, business_phone: _phone, ...sold } = Object(customer);
  return { ...order, customer: sold };
}

describe("GET /api/orders/{id}/history", () => {
  test("200 with principal, time, request, before and after of every change, including the deletion", async () => {
    const path = await create("orders", {
      ...{ customer_id: 1, order_date: "2026-01-05T09:30:00" },
      order_details: [{ product_id: 1, quantity: 2 }],
    });
    const first = await stateOf(path);
    await api.call("PUT", path, { body: { notes: "twice" }, headers: { "x-request-id": "a-request" } });
    const second = await stateOf(path);
    await api.call("PUT", path, { body: { order_details: [] } });
    const third = await stateOf(path);
    await api.call("DELETE", path);
    for (const entries of await historiesOf(path)) {
      expect(entries.map(({ sequence, action, principal }) => [sequence, action, principal])).toEqual([
        [1, "create", "local"],
        [2, "update", "local"],
        [3, "update", "local"],
        [4, "delete", "local"],
      ]);
      expect<unknown>(entries.map(({ before }) => before)).toEqual([null, first, second, third]);
      expect<unknown>(entries.map(({ after }) => after)).toEqual([first, second, third, null]);
      expect(entries.map(({ client_request_id }) => client_request_id)).toEqual([null, "a-request", null, null]);
      for (const { request_id } of entries) expect(request_id).toMatch(/^[0-9a-f-]{13}-[0-9a-z]+$/);
      for (const { happened_at } of entries) expect(happened_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    }
  });

  test("each hash covers its entry and the previous hash, so that clients can verify the chain", async () => {
    const path = await create("orders", {});
    for (const [notes, headers] of [
      ["a", {}],
      ["ä", { "x-request-id": "mine" }],
      [null, {}],
    ] as const)
      await api.call("PUT", path, { body: { notes }, headers });
    const id = Number(path.split("/").at(-1));
    for (const entries of await historiesOf(path)) {
      let previous = "0".repeat(64);
      for (const entry of entries) {
        const { sequence, happened_at, principal, request_id, write_id, action, before, after, hash } = entry;
        const states = [before, after].map((state) => (state === null ? null : JSON.stringify(state)));
        const hashed = [
          "order",
          id,
          sequence,
          happened_at,
          principal,
          request_id,
          write_id,
          action,
          ...states,
          previous,
          ...(entry.client_request_id === null ? [] : [entry.client_request_id]),
        ];
        expect(hash).toBe(createHash("sha256").update(JSON.stringify(hashed)).digest("hex"));
        expect(entry.previous_hash).toBe(previous);
        previous = hash;
      }
      expect(entries).toHaveLength(4);
      expect(new Set(entries.map(({ write_id }) => write_id)).size).toBe(4);
    }
  });

  test("a write of equal values is recorded; refusals, dry runs and repeated keys are not", async () => {
    const path = await create("orders", { notes: "unchanged" });
    await api.call("PUT", path, { body: { notes: "unchanged" } });
    await api.call("PUT", `${path}?dry_run=1`, { body: { notes: "dry run" } });
    await api.call("PUT", path, { body: { customer_id: 999 } });
    await api.call("PUT", path, { body: { notes: "stale" }, headers: { "if-match": '"0"' } });
    for (const _ of [1, 2])
      await api.call("PUT", path, { body: { notes: "once" }, headers: { "idempotency-key": "audited once" } });
    for (const entries of await historiesOf(path))
      expect(entries.map(({ action }) => action)).toEqual(["create", "update", "update"]);
  });

  test("each page continues where the previous one ended", async () => {
    const path = await create("orders", {});
    for (const notes of ["a", "b"]) await api.call("PUT", path, { body: { notes } });
    for (const { url } of api.servers) {
      const page = (query: string) => historyAt(`${url}${path}/history?limit=2${query}`);
      const first = await page("");
      const second = await page(`&cursor=${first.page.next_cursor}`);
      const sequences = [first, second].map(({ data }) => data.map(({ sequence }) => sequence));
      expect([sequences, second.page.next_cursor]).toEqual([[[1, 2], [3]], null]);
    }
    expect((await api.call("GET", `${path}/history?cursor=bad`)).status).toBe(400);
  });

  test("200: an order older than the audit log has an empty history until its first change", async () => {
    let path = "";
    await api.onDatabases(async (database) => {
      const order = { ...emptyOrder, ...soldToNobody, correction_reason: null, order_date: utcNow(), search_text: " " };
      const { id } = await database.transaction((tx) => tx.one(insertOrder, order));
      path = `/api/orders/${id}`;
      return id;
    });
    for (const entries of await historiesOf(path)) expect(entries).toEqual([]);
    await api.call("PUT", path, { body: { notes: "now" } });
    for (const entries of await historiesOf(path))
      expect(entries).toMatchObject([
        { sequence: 1, action: "update", before: { notes: null }, after: { notes: "now" } },
      ]);
  });

  test("404 if the order never existed, 400 if its id is invalid", async () => {
    expect((await api.call("GET", "/api/orders/2147483647/history")).status).toBe(404);
    expect((await api.call("GET", "/api/orders/01/history")).status).toBe(400);
  });
});

test.each(["customers", "employees", "shippers", "suppliers", "products"])("%s have a history too", async (plural) => {
  const name = plural === "products" ? "product_name" : "company";
  const path = await create(plural, { [name]: "Before" });
  await api.call("PUT", path, { body: { [name]: "After" } });
  await api.call("DELETE", path);
  for (const entries of await historiesOf(path)) {
    expect(entries.map(({ action }) => action)).toEqual(["create", "update", "delete"]);
    expect(entries[1]).toMatchObject({ before: { [name]: "Before" }, after: { [name]: "After" } });
  }
  expect((await api.call("GET", `/api/${plural}/2147483647/history`)).status).toBe(404);
});
