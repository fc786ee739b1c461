import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/customers", { body: { company: "Guarded" } });
  await api.call("POST", "/api/products", { body: { product_name: "Tea", list_price: "18" } });
}, startTimeoutMs);
afterAll(() => api.stop());

const newOrder = { order_date: "2024-01-15T10:30:00", customer_id: 1 };
const details = [{ product_id: 1, quantity: 2 }];

async function create(body: object = newOrder): Promise<string> {
  const { headers } = await api.call("POST", "/api/orders", { body });
  return headers.get("location") ?? "";
}

async function etag(path: string): Promise<string> {
  return (await api.call("GET", path)).headers.get("etag") ?? "";
}

function put(path: string, body: object, ifMatch: string): Promise<Reply> {
  return api.call("PUT", path, { body, headers: { "if-match": ifMatch } });
}

describe("ETag and If-Match", () => {
  test("GET, POST and PUT answer the version; every write raises it, also one of equal values", async () => {
    const posted = await api.call("POST", "/api/orders", { body: newOrder });
    const path = posted.headers.get("location") ?? "";
    expect(await etag(path)).toBe(posted.headers.get("etag") ?? "none");
    const written = await api.call("PUT", path, { body: { customer_id: 1 } });
    expect(written.headers.get("etag")).not.toBe(posted.headers.get("etag"));
    expect(await etag(path)).toBe(written.headers.get("etag") ?? "none");
  });

  test("PUT 200 with the version that is stored, with one of several, and with *", async () => {
    const path = await create();
    for (const ifMatch of [await etag(path), `"999", ${'"1"'}`, "*"])
      expect((await put(path, { notes: ifMatch }, ifMatch)).status).toBe(200);
  });

  test("PUT 200 with a list of tags that hold commas and stand without spaces", async () => {
    const path = await create();
    for (const tags of [(tag: string) => `"a,b",${tag}`, (tag: string) => `W/"x,y" ,\t"" , ${tag}`])
      expect((await put(path, {}, tags(await etag(path)))).status).toBe(200);
    for (const broken of ['"a" "b"', '"a",', '"a', 'a,"b"', 'w/"a"', '"a",*'])
      expect((await put(path, {}, broken)).status).toBe(400);
  });

  test("PUT 412 with an older version: nothing is written, the version and the state of now are told", async () => {
    const path = await create({ ...newOrder, order_details: details });
    const read = await etag(path);
    await api.call("PUT", path, { body: { notes: "theirs" } });
    const refused = await put(path, { notes: "mine" }, read);
    expect([refused.status, refused.body.code, refused.headers.get("etag")]).toEqual([412, "precondition", '"1"']);
    const { data } = (await api.call("GET", `${path}?include=details`)).body;
    expect(data).toMatchObject({ notes: "theirs", subtotal: "36.0000" });
    expect(refused.body.data).toEqual(data);
  });

  test("DELETE 412 tells the state of now too", async () => {
    const { headers } = await api.call("POST", "/api/suppliers", { body: { company: "Old" } });
    const path = headers.get("location") ?? "";
    await api.call("PUT", path, { body: { company: "New" } });
    const refused = await api.call("DELETE", path, { headers: { "if-match": '"0"' } });
    expect([refused.status, refused.body.data]).toEqual([412, (await api.call("GET", path)).body.data]);
  });

  test("PUT 412 with a weak tag; 400 with something that is no tag", async () => {
    const path = await create();
    expect((await put(path, { notes: "x" }, `W/${await etag(path)}`)).status).toBe(412);
    const refused = await put(path, { notes: "x" }, "3");
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [{ header: "If-Match", code: "bad-request", message: 'Must be * or tags in quotes, like "3".' }],
    ]);
  });

  test("a change of order details raises the version of the order", async () => {
    const path = await create();
    const read = await etag(path);
    await api.call("PUT", path, { body: { order_details: details } });
    expect((await put(path, { order_details: [] }, read)).status).toBe(412);
  });

  test("DELETE 412 with an older version, 200 with the one of now", async () => {
    const path = await create();
    const read = await etag(path);
    await api.call("PUT", path, { body: { notes: "later" } });
    const remove = (ifMatch: string) => api.call("DELETE", path, { headers: { "if-match": ifMatch } });
    expect((await remove(read)).status).toBe(412);
    expect((await remove(await etag(path))).status).toBe(200);
  });

  test.each(["customers", "employees", "shippers", "suppliers", "products"])(
    "%s have the same manners",
    async (noun) => {
      const body = noun === "products" ? { product_name: "Jam" } : { company: "C" };
      const { headers } = await api.call("POST", `/api/${noun}`, { body });
      const path = headers.get("location") ?? "";
      expect((await put(path, body, '"0"')).headers.get("etag")).toBe('"1"');
      expect((await put(path, body, '"0"')).status).toBe(412);
      expect((await api.call("DELETE", path, { headers: { "if-match": '"0"' } })).status).toBe(412);
    },
  );
});

describe("Idempotency-Key", () => {
  const post = (key: string, body: object = newOrder): Promise<Reply> =>
    api.call("POST", "/api/orders", { body, headers: { "idempotency-key": key } });
  const orderCount = async (): Promise<number> => {
    const { data } = (await api.call("GET", "/api/orders")).body;
    return Array.isArray(data) ? data.length : -1;
  };

  test("POST twice: one order, and the first answer again, byte for byte", async () => {
    const first = await post("twice", { ...newOrder, order_details: details });
    const before = await orderCount();
    const again = await post("twice", { ...newOrder, order_details: details });
    expect([again.status, again.text]).toEqual([201, first.text]);
    for (const name of ["location", "etag"]) expect(again.headers.get(name)).toBe(first.headers.get(name));
    expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).toEqual([
      null,
      "true",
    ]);
    expect(await orderCount()).toBe(before);
  });

  test("the same body with other spacing and order of keys is the same request", async () => {
    const first = await post("spelling");
    const body = '{ "customer_id" : 1,\n "order_date": "2024-01-15T10:30:00" }';
    const again = await api.call("POST", "/api/orders", { body, headers: { "idempotency-key": "spelling" } });
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
  });

  test("422 for another body under the same key", async () => {
    await post("reused");
    const refused = await post("reused", { ...newOrder, notes: "other" });
    expect([refused.status, refused.body.code]).toEqual([422, "idempotency-mismatch"]);
  });

  test("a key belongs to its method and path; a trailing slash is the same path", async () => {
    const path = (await post("shared")).headers.get("location") ?? "";
    const update = await api.call("PUT", path, { body: newOrder, headers: { "idempotency-key": "shared" } });
    expect([update.status, update.headers.get("idempotency-replayed")]).toEqual([200, null]);
    const slash = await api.call("POST", "/api/orders/", { body: newOrder, headers: { "idempotency-key": "shared" } });
    expect(slash.headers.get("idempotency-replayed")).toBe("true");
  });

  test("DELETE twice answers 200 twice; without a key the second is 404", async () => {
    const path = await create();
    const remove = () => api.call("DELETE", path, { headers: { "idempotency-key": "remove" } });
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 200]);
    expect((await api.call("DELETE", path)).status).toBe(404);
  });

  test("a final refusal is kept: sent again byte for byte, also when it would not be refused any more", async () => {
    const path = (await api.call("POST", "/api/customers", { body: { company: "Short-lived" } })).headers.get(
      "location",
    );
    const order = { ...newOrder, customer_id: Number(path?.split("/").at(-1)) + 1 };
    const first = await post("too early", order);
    expect([first.status, first.body.code]).toEqual([422, "reference"]);
    await api.call("POST", "/api/customers", { body: { company: "Too late" } });
    const again = await post("too early", order);
    expect([again.status, again.text, again.headers.get("content-type")]).toEqual([
      422,
      first.text,
      "application/problem+json",
    ]);
    expect([first, again].map(({ headers }) => headers.get("idempotency-replayed"))).toEqual([null, "true"]);
    expect((await post("in time", order)).status).toBe(201);
  });

  test("a kept 412 has the state and the version of then", async () => {
    const path = await create();
    await api.call("PUT", path, { body: { notes: "theirs" } });
    const headers = { "idempotency-key": "stale", "if-match": '"0"' };
    const first = await api.call("PUT", path, { body: { notes: "mine" }, headers });
    await api.call("PUT", path, { body: { notes: "later" } });
    const again = await api.call("PUT", path, { body: { notes: "mine" }, headers });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([412, first.text, '"1"']);
  });

  test("422 for another If-Match under the same key: a mended request is a new one", async () => {
    const path = await create();
    const headers = { "idempotency-key": "matched" };
    await api.call("PUT", path, { body: { notes: "a" }, headers: { ...headers, "if-match": '"7"' } });
    const mended = await api.call("PUT", path, { body: { notes: "a" }, headers: { ...headers, "if-match": '"0"' } });
    expect([mended.status, mended.body.code]).toEqual([422, "idempotency-mismatch"]);
  });

  test("a body that is no order is not kept: the key is still new", async () => {
    expect((await post("malformed", { ...newOrder, customer_id: "1" })).status).toBe(422);
    expect((await post("malformed")).status).toBe(201);
  });

  test("twenty at once with one key: one order, the others get its answer or are told to wait", async () => {
    const before = await orderCount();
    for (const { url } of api.servers) {
      const headers = { "content-type": "application/json", "idempotency-key": "at once" };
      const send = async (): Promise<[number, string]> => {
        const response = await fetch(`${url}/api/orders`, { method: "POST", headers, body: JSON.stringify(newOrder) });
        return [response.status, await response.text()];
      };
      const replies = await Promise.all(Array.from({ length: 20 }, send));
      expect(new Set(replies.filter(([status]) => status === 201).map(([, text]) => text)).size).toBe(1);
      for (const [status] of replies) expect([201, 409]).toContain(status);
    }
    expect(await orderCount()).toBe(before + 1);
  });

  test("400 for a key that is empty, too long or not printable", async () => {
    for (const key of ["", "x".repeat(256), "é"]) {
      const refused = await post(key);
      expect([refused.status, refused.body.code]).toEqual([400, "idempotency-key"]);
    }
  });
});

describe("?dry_run=1", () => {
  test("PUT answers what would be, and keeps nothing", async () => {
    const path = await create();
    const before = await api.call("GET", `${path}?include=details`);
    const body = { notes: "maybe", order_details: details };
    const rehearsed = await api.call("PUT", `${path}?dry_run=1`, { body });
    expect([rehearsed.status, rehearsed.body.message]).toEqual([200, "Order updated (dry run: nothing was stored)"]);
    expect(rehearsed.body.data).toMatchObject({ notes: "maybe", subtotal: "36.0000", order_total: "36.0000" });
    const after = await api.call("GET", `${path}?include=details`);
    expect([after.text, after.headers.get("etag")]).toEqual([before.text, before.headers.get("etag")]);
  });

  test("issues are the same as without", async () => {
    const path = await create();
    const body = { customer_id: 999, shipping_fee: "1.00005" };
    const [rehearsed, real] = [
      await api.call("PUT", `${path}?dry_run=1`, { body }),
      await api.call("PUT", path, { body }),
    ];
    expect([rehearsed.status, rehearsed.body.errors]).toEqual([real.status, real.body.errors]);
  });

  test("DELETE keeps the order; 400 for anything but 1 and 0", async () => {
    const path = await create();
    expect((await api.call("DELETE", `${path}?dry_run=1`)).status).toBe(200);
    expect((await api.call("GET", path)).status).toBe(200);
    expect((await api.call("DELETE", `${path}?dry_run=yes`)).status).toBe(400);
  });

  test("with an idempotency key the rehearsal does not use the key up", async () => {
    const path = await create();
    const headers = { "idempotency-key": "rehearsed" };
    await api.call("PUT", `${path}?dry_run=1`, { body: { notes: "a" }, headers });
    const real = await api.call("PUT", path, { body: { notes: "b" }, headers });
    expect([real.status, real.headers.get("idempotency-replayed")]).toEqual([200, null]);
  });

  // Last: a rolled-back insert uses up a number on MariaDB and none on SQLite.
  test("POST answers 200 without a place, and creates nothing", async () => {
    const count = async () => (await api.call("GET", "/api/orders")).text;
    const before = await count();
    const rehearsed = await api.call("POST", "/api/orders?dry_run=1", { body: newOrder });
    expect([rehearsed.status, rehearsed.headers.get("location")]).toEqual([200, null]);
    expect(await count()).toBe(before);
  });
});

describe("guards that the operator requires", () => {
  let strict: BothEngines;
  beforeAll(async () => {
    strict = await startBothEngines({ writePolicy: { requireIfMatch: true, requireIdempotencyKey: true } });
  }, startTimeoutMs);
  afterAll(() => strict.stop());

  test("428 and 400 name both that are missing; nothing is written", async () => {
    const posted = await strict.call("POST", "/api/orders", { body: {}, headers: { "idempotency-key": "k" } });
    const path = posted.headers.get("location") ?? "";
    const refused = await strict.call("PUT", path, { body: { notes: "unseen" } });
    expect([refused.status, refused.body.errors?.map(({ header }) => header)]).toEqual([
      400,
      ["Idempotency-Key", "If-Match"],
    ]);
    for (const method of ["PUT", "DELETE"]) {
      const headers = { "idempotency-key": `without a version ${method}` };
      const body = method === "PUT" ? { body: { notes: "unseen" } } : {};
      const unmatched = await strict.call(method, path, { ...body, headers });
      expect([unmatched.status, unmatched.body.code]).toEqual([428, "precondition-required"]);
    }
    expect((await strict.call("GET", path)).body.data).toMatchObject({ notes: null });
    const headers = { "idempotency-key": "with both", "if-match": posted.headers.get("etag") ?? "" };
    expect((await strict.call("PUT", path, { body: { notes: "seen" }, headers })).status).toBe(200);
  });
});
