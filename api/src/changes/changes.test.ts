import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import type { Database, Transaction } from "sqlproof";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { record } from "../writes/audit/record.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

interface Entry {
  readonly sequence: number;
  readonly resource: string;
  readonly id: number;
  readonly action: string;
  readonly version: number | null;
  readonly history_sequence: number;
  readonly client_request_id: string | null;
}

interface Feed {
  readonly data: readonly Entry[];
  readonly page: { readonly next_cursor: string | null; readonly last_sequence: number };
}

function isFeed(body: unknown): body is Feed {
  return typeof body === "object" && body !== null && "data" in body && Array.isArray(body.data) && "page" in body;
}

async function feedAt(url: string, query = ""): Promise<Feed> {
  const body: unknown = await (await fetch(`${url}/api/changes${query}`)).json();
  if (!isFeed(body)) throw new Error(`no feed: ${JSON.stringify(body)}`);
  return body;
}

/** The end of the feed, which is the same on both engines. */
async function endOfFeed(): Promise<number> {
  const ends = await Promise.all(api.servers.map(({ url }) => feedAt(url, "?after=latest")));
  expect(ends.map(({ data }) => data)).toEqual([[], []]);
  expect(ends[0]?.page).toEqual(ends[1]?.page);
  return ends[0]?.page.last_sequence ?? 0;
}

async function create(plural: string, body: object): Promise<string> {
  return (await api.call("POST", `/api/${plural}`, { body })).headers.get("location") ?? "";
}

const idOf = (path: string) => Number(path.split("/").at(-1));

describe("GET /api/changes", () => {
  test("200 with every creation, change and deletion of every resource, in the order in which they happened", async () => {
    const after = await endOfFeed();
    const product = await create("products", { product_name: "Tea" });
    const contacts: string[] = [];
    for (const plural of ["customers", "employees", "shippers", "suppliers"])
      contacts.push(await create(plural, { company: "Changed" }));
    const order = await create("orders", { customer_id: idOf(contacts[0] ?? "") });
    await api.call("PUT", order, { body: { notes: "twice" }, headers: { "x-request-id": "seen-in-the-feed" } });
    await api.call("DELETE", order);
    for (const { url } of api.servers) {
      const { data, page } = await feedAt(url, `?after=${after}`);
      const names = ["product", "customer", "employee", "shipper", "supplier"];
      expect<unknown>(data.map(({ resource, id, action, version }) => [resource, id, action, version])).toEqual([
        ...[product, ...contacts].map((path, index) => [names[index], idOf(path), "create", 0]),
        ["order", idOf(order), "create", 0],
        ["order", idOf(order), "update", 1],
        ["order", idOf(order), "delete", null],
      ]);
      expect(data.map(({ sequence }) => sequence)).toEqual(data.map((_, index) => after + index + 1));
      expect(data.slice(5).map(({ history_sequence }) => history_sequence)).toEqual([1, 2, 3]);
      expect(data[6]?.client_request_id).toBe("seen-in-the-feed");
      expect(page).toMatchObject({ next_cursor: null, last_sequence: after + 8 });
    }
  });

  test("200 page by page, by cursor, by Link and by after; a later page begins where the first one ended", async () => {
    const after = await endOfFeed();
    const order = await create("orders", {});
    for (const notes of ["a", "b"]) await api.call("PUT", order, { body: { notes } });
    for (const { url } of api.servers) {
      const response = await fetch(`${url}/api/changes?after=${after}&limit=2`);
      const link = response.headers.get("link")?.match(/<(.+)>; rel="next"/)?.[1] ?? "";
      const first = await feedAt(url, `?after=${after}&limit=2`);
      expect(first.page).toMatchObject({ limit: 2, last_sequence: after + 2 });
      const bySequence = await feedAt(url, `?after=${after + 2}`);
      for (const query of [link.slice("/api/changes".length), `?cursor=${first.page.next_cursor}`]) {
        const second = await feedAt(url, query);
        expect(second.data).toEqual(bySequence.data);
        expect(second.page).toMatchObject({ next_cursor: null, last_sequence: after + 3 });
      }
    }
  });

  test("?resource= gives only those; the feed goes on behind the others", async () => {
    const after = await endOfFeed();
    const customer = await create("customers", { company: "Wanted" });
    for (const _ of [1, 2]) await create("orders", {});
    for (const { url } of api.servers) {
      const { data, page } = await feedAt(url, `?after=${after}&resource=customer,shipper`);
      expect(data.map(({ id }) => id)).toEqual([idOf(customer)]);
      expect(page).toMatchObject({ next_cursor: null, last_sequence: after + 3 });
    }
  });

  test("?include=fields adds the names of the changed fields, and the states before and after", async () => {
    const after = await endOfFeed();
    const path = await create("shippers", { company: "Before" });
    await api.call("PUT", path, { body: { company: "After", city: "Oslo" } });
    await api.call("DELETE", path);
    for (const { url } of api.servers) {
      expect<unknown>((await feedAt(url, `?after=${after}&include=fields`)).data).toMatchObject([
        { fields: expect.arrayContaining(["id", "company"]), before: null, after: { company: "Before" } },
        { fields: ["company", "city"], before: { company: "Before", city: null }, after: { city: "Oslo" } },
        { fields: expect.arrayContaining(["id", "company"]), before: { company: "After" }, after: null },
      ]);
      expect(JSON.stringify((await feedAt(url, `?after=${after}`)).data)).not.toContain("before");
    }
  });

  test("refusals, dry runs and repeated keys are not in the feed", async () => {
    const order = await create("orders", {});
    const after = await endOfFeed();
    await api.call("PUT", `${order}?dry_run=1`, { body: { notes: "dry run" } });
    await api.call("PUT", order, { body: { customer_id: 999_999 } });
    for (const _ of [1, 2])
      await api.call("PUT", order, { body: { notes: "once" }, headers: { "idempotency-key": "in the feed once" } });
    for (const { url } of api.servers)
      expect((await feedAt(url, `?after=${after}`)).data.map(({ action }) => action)).toEqual(["update"]);
  });

  test.each([
    ["after=-1", "after"],
    ["after=01", "after"],
    ["after=9007199254740992", "after"],
    ["after=999999999", "after"],
    ["resource=invoice", "resource"],
    ["resource=order,order", "resource"],
    ["include=details", "include"],
    ["limit=1001", "limit"],
    ["cursor=WzEsMl0", "cursor"],
  ])("400 bad-query: ?%s", async (query, parameter) => {
    const { status, body } = await api.call("GET", `/api/changes?${query}`);
    expect([status, body.code, body.errors?.[0]]).toMatchObject([400, "bad-query", { parameter }]);
  });

  test("readers that poll while many write see every change once, each resource's changes in their order", async () => {
    for (const { url } of api.servers) {
      const { last_sequence } = (await feedAt(url, "?after=latest")).page;
      let isWriting = true;
      const write = async (writer: number) => {
        for (let turn = 0; turn < 6; turn += 1) {
          const path = await send(url, "POST", "/api/orders", { notes: `${writer}` });
          await Promise.all(["a", "b"].map((notes) => send(url, "PUT", path, { notes })));
          await send(url, "PUT", "/api/products/1", { description: `${writer} ${turn}` });
        }
      };
      const read = async (query: string) => {
        const seen: Entry[] = [];
        for (let after = last_sequence, isLast = false; !isLast; ) {
          isLast = !isWriting;
          const { data, page } = await feedAt(url, `?after=${after}${query}`);
          seen.push(...data);
          after = page.last_sequence;
          if (page.next_cursor !== null) isLast = false;
        }
        return seen;
      };
      const readers = ["", "&limit=7", "&include=fields"].map(read);
      await Promise.all(Array.from({ length: 6 }, (_, writer) => write(writer)));
      isWriting = false;
      const [first = [], ...others] = await Promise.all(readers);
      expect(first.map(({ sequence }) => sequence)).toEqual(first.map((_, index) => last_sequence + index + 1));
      expect(first).toHaveLength(6 * 6 * 4);
      for (const [_, entries] of Map.groupBy(first, ({ resource, id }) => `${resource} ${id}`)) {
        const numbers = entries.map(({ history_sequence }) => history_sequence);
        expect(numbers).toEqual(numbers.map((_number, index) => (numbers[0] ?? 0) + index));
      }
      for (const seen of others)
        expect(seen.map(({ sequence, id }) => [sequence, id])).toEqual(first.map(({ sequence, id }) => [sequence, id]));
    }
  }, 30_000);

  test("a change that is committed after a later one appears behind it, not before it", async () => {
    await api.onDatabases(async (database) => {
      // SQLite has one writer at a time, so changes are committed in the order in which they are written.
      if (database.revision !== undefined) return;
      const url = api.servers[1]?.url ?? "";
      const { last_sequence } = (await feedAt(url, "?after=latest")).page;
      const commitEarlier = await openWrite(database, 2_000_000_001);
      await (await openWrite(database, 2_000_000_002))();
      const first = await feedAt(url, `?after=${last_sequence}`);
      expect(first.data.map(({ id }) => id)).toEqual([2_000_000_002]);
      await commitEarlier();
      const second = await feedAt(url, `?after=${first.page.last_sequence}`);
      expect(second.data.map(({ id, sequence }) => [id, sequence])).toEqual([[2_000_000_001, last_sequence + 2]]);
    });
  });
});

async function send(url: string, method: string, path: string, body: object): Promise<string> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  return response.headers.get("location") ?? path;
}

/** Writes an audit entry and leaves its transaction open. Returns what commits it. */
async function openWrite(database: Database, id: number): Promise<() => Promise<void>> {
  const written = Promise.withResolvers<void>();
  const commit = Promise.withResolvers<void>();
  const done = database.transaction(async (tx: Transaction) => {
    const writer = { principal: "local", request_id: "open", client_request_id: null, write_id: crypto.randomUUID() };
    await record(tx, [{ change: { resource: "shipper", id, version: 0, before: null, after: { id } }, writer }]);
    written.resolve();
    await commit.promise;
  });
  await Promise.race([written.promise, done]);
  return () => {
    commit.resolve();
    return done;
  };
}
