import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createHash } from "node:crypto";
import { dateTime } from "sqlproof";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../both-engines.ts";
import { insertAnswer } from "./idempotency.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
  await api.call("POST", "/api/customers", { body: { company: "Customer" } });
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
  test("GET, POST and PUT return the version; every write raises it, even one of equal values", async () => {
    const posted = await api.call("POST", "/api/orders", { body: newOrder });
    const path = posted.headers.get("location") ?? "";
    expect(await etag(path)).toBe(posted.headers.get("etag") ?? "none");
    const written = await api.call("PUT", path, { body: { customer_id: 1 } });
    expect(written.headers.get("etag")).not.toBe(posted.headers.get("etag"));
    expect(await etag(path)).toBe(written.headers.get("etag") ?? "none");
  });

  test("PUT 200 with the stored version, with a list that contains it, and with *", async () => {
    const path = await create();
    for (const ifMatch of [await etag(path), `"999", ${'"1"'}`, "*"])
      expect((await put(path, { notes: ifMatch }, ifMatch)).status).toBe(200);
  });

  test("PUT 200 with a list of tags that contain commas and are not separated by spaces", async () => {
    const path = await create();
    for (const tags of [(tag: string) => `"a,b",${tag}`, (tag: string) => `W/"x,y" ,\t"" , ${tag}`])
      expect((await put(path, {}, tags(await etag(path)))).status).toBe(200);
    for (const broken of ['"a" "b"', '"a",', '"a', 'a,"b"', 'w/"a"', '"a",*'])
      expect((await put(path, {}, broken)).status).toBe(400);
  });

  test("PUT 412 with an older version writes nothing and returns the current version and state", async () => {
    const path = await create({ ...newOrder, order_details: details });
    const read = await etag(path);
    await api.call("PUT", path, { body: { notes: "theirs" } });
    const refused = await put(path, { notes: "mine" }, read);
    expect([refused.status, refused.body.code, refused.headers.get("etag")]).toEqual([412, "precondition", '"1"']);
    const { data } = (await api.call("GET", `${path}?include=details`)).body;
    expect(data).toMatchObject({ notes: "theirs", subtotal: "36.0000" });
    expect(refused.body.data).toEqual(data);
  });

  test("DELETE 412 returns the current state too", async () => {
    const { headers } = await api.call("POST", "/api/suppliers", { body: { company: "Old" } });
    const path = headers.get("location") ?? "";
    await api.call("PUT", path, { body: { company: "New" } });
    const refused = await api.call("DELETE", path, { headers: { "if-match": '"0"' } });
    expect([refused.status, refused.body.data]).toEqual([412, (await api.call("GET", path)).body.data]);
  });

  test("PUT 412 with a weak tag; 400 with an invalid tag", async () => {
    const path = await create();
    expect((await put(path, { notes: "x" }, `W/${await etag(path)}`)).status).toBe(412);
    const refused = await put(path, { notes: "x" }, "3");
    expect([refused.status, refused.body.errors]).toEqual([
      400,
      [{ header: "If-Match", code: "bad-request", message: 'Must be * or a list of quoted tags, like "3".' }],
    ]);
  });

  test("a change of order details raises the version of the order", async () => {
    const path = await create();
    const read = await etag(path);
    await api.call("PUT", path, { body: { order_details: details } });
    expect((await put(path, { order_details: [] }, read)).status).toBe(412);
  });

  test("DELETE 412 with an older version, 200 with the current one", async () => {
    const path = await create();
    const read = await etag(path);
    await api.call("PUT", path, { body: { notes: "later" } });
    const remove = (ifMatch: string) => api.call("DELETE", path, { headers: { "if-match": ifMatch } });
    expect((await remove(read)).status).toBe(412);
    expect((await remove(await etag(path))).status).toBe(200);
  });

  test.each(["customers", "employees", "shippers", "suppliers", "products"])(
    "%s have versions too",
    async (resource) => {
      const body = resource === "products" ? { product_name: "Jam" } : { company: "C" };
      const { headers } = await api.call("POST", `/api/${resource}`, { body });
      const path = headers.get("location") ?? "";
      expect((await put(path, body, '"0"')).headers.get("etag")).toBe('"1"');
      expect((await put(path, body, '"0"')).status).toBe(412);
      expect((await api.call("DELETE", path, { headers: { "if-match": '"0"' } })).status).toBe(412);
    },
  );
});

describe("If-None-Match and If-Unmodified-Since", () => {
  const read = (path: string, ifNoneMatch: string, method = "GET") =>
    api.call(method, path, { headers: { "if-none-match": ifNoneMatch } });

  test("GET and HEAD 304 without a body if the version is named: in a list, as a weak tag, by *", async () => {
    const path = await create({ ...newOrder, order_details: details });
    for (const tags of ['"0"', '"7","0"', 'W/"0"', '"a,b" , W/"0"', "*"])
      for (const [method, query] of [
        ["GET", ""],
        ["GET", "?include=details,totals"],
        ["HEAD", ""],
      ] as const) {
        const { status, text, headers } = await read(path + query, tags, method);
        expect([tags, status, text, headers.get("etag"), headers.get("content-type")]).toEqual([
          tags,
          304,
          "",
          '"0"',
          null,
        ]);
      }
    for (const tags of ['"1"', 'W/"1"', '"00"', "0", ""]) expect((await read(path, tags)).status).toBe(200);
    await api.call("PUT", path, { body: { notes: "later" } });
    expect((await read(path, '"0"')).status).toBe(200);
  });

  test("GET 200 if the answer shows another resource, which changes without the order", async () => {
    expect((await read(`${await create()}?include=customer`, "*")).status).toBe(200);
  });

  test.each(["/api/customers/1", "/api/products/1", "/api/company"])("GET 304: %s", async (path) => {
    expect((await read(path, await etag(path))).status).toBe(304);
  });

  test("GET of a list 200, because a list has no version; GET 404 whatever is named", async () => {
    expect((await read("/api/orders", "*")).status).toBe(200);
    expect((await read("/api/orders/2147483647", "*")).status).toBe(404);
  });

  test("PUT and DELETE 412 if the version is named or any will do, with the current state; else they are done", async () => {
    const path = await create();
    for (const method of ["PUT", "DELETE"])
      for (const ifNoneMatch of ["*", '"0"', 'W/"0"', '"5", "0"']) {
        const options = { headers: { "if-none-match": ifNoneMatch }, ...(method === "PUT" ? { body: {} } : {}) };
        const { status, body, headers } = await api.call(method, path, options);
        expect([status, body.code, headers.get("etag")]).toEqual([412, "precondition", '"0"']);
        expect(body.errors?.[0]?.header).toBe("If-None-Match");
      }
    const put = (ifNoneMatch: string) => api.call("PUT", path, { body: {}, headers: { "if-none-match": ifNoneMatch } });
    expect((await put('"5"')).status).toBe(200);
    expect((await put("5")).status).toBe(400);
    const missing = "/api/orders/2147483647";
    expect((await api.call("PUT", missing, { body: {}, headers: { "if-none-match": "*" } })).status).toBe(404);
  });

  test("POST to a list 412 with If-None-Match: * or a tag in If-Match, because the list exists and has no version", async () => {
    for (const [name, value] of [
      ["If-None-Match", "*"],
      ["If-Match", '"0"'],
    ] as const) {
      const { status, body } = await api.call("POST", "/api/orders", { body: {}, headers: { [name]: value } });
      expect([status, body.errors?.[0]]).toMatchObject([412, { header: name, code: "precondition" }]);
    }
    for (const headers of [{ "if-none-match": '"0"' }, { "if-match": "*" }])
      expect((await api.call("POST", "/api/customers", { body: { company: "A" }, headers })).status).toBe(201);
  });

  test("PUT and DELETE 412 with If-Unmodified-Since, which versions cannot answer; with If-Match it is not looked at", async () => {
    const path = await create();
    const since = { "if-unmodified-since": "Sat, 29 Oct 2044 19:43:31 GMT" };
    for (const [method, options] of [
      ["PUT", { body: {} }],
      ["DELETE", {}],
    ] as const) {
      const { status, body } = await api.call(method, path, { ...options, headers: since });
      expect([status, body.code, body.errors?.[0]?.header]).toEqual([412, "precondition", "If-Unmodified-Since"]);
      expect(body.message).toContain("If-Match");
    }
    expect((await api.call("PUT", path, { body: {}, headers: { ...since, "if-match": '"0"' } })).status).toBe(200);
  });
});

describe("Idempotency-Key", () => {
  const post = (key: string, body: object = newOrder): Promise<Reply> =>
    api.call("POST", "/api/orders", { body, headers: { "idempotency-key": key } });
  const orderCount = async (): Promise<number> => {
    const { data } = (await api.call("GET", "/api/orders")).body;
    return Array.isArray(data) ? data.length : -1;
  };

  test("POST twice creates one order and repeats the first answer byte for byte", async () => {
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

  test("a body that differs only in spacing and key order is the same request", async () => {
    const first = await post("spelling");
    const body = '{ "customer_id" : 1,\n "order_date": "2024-01-15T10:30:00" }';
    const again = await api.call("POST", "/api/orders", { body, headers: { "idempotency-key": "spelling" } });
    expect([again.text, again.headers.get("idempotency-replayed")]).toEqual([first.text, "true"]);
  });

  test("422 for the same body with another query: the first answer would not be what it asks for", async () => {
    const headers = { "idempotency-key": "another query" };
    const put = (path: string) => api.call("PUT", path, { body: { notes: "once" }, headers });
    const path = await create();
    const first = await put(`${path}?include=customer`);
    expect((await put(`${path}?include=customer`)).text).toBe(first.text);
    for (const query of ["", "?include=details"]) {
      const { status, body } = await put(path + query);
      expect([status, body.code]).toEqual([422, "idempotency-mismatch"]);
    }
    expect(await etag(path)).toBe('"1"');
  });

  test("a key that an earlier version of the program stored is still replayed", async () => {
    const stored = '{"success":true,"message":"Order created","data":{"id":5}}';
    await api.onDatabases(async (database) => {
      const fingerprint = createHash("sha256").update('null{"notes":"before the upgrade"}').digest("hex");
      const row = { principal: "local", idempotency_key: "old", method: "POST", path: "/api/orders", fingerprint };
      await database.run(insertAnswer, {
        ...row,
        status: 201,
        location: null,
        etag: null,
        answer: stored,
        created_at: dateTime("2026-01-01T00:00:00"),
      });
      return null;
    });
    const body = { notes: "before the upgrade" };
    for (const query of ["", "?include=details"])
      expect(
        (await api.call("POST", `/api/orders${query}`, { body, headers: { "idempotency-key": "old" } })).text,
      ).toBe(stored);
  });

  test("422 for a different body with the same key", async () => {
    await post("reused");
    const refused = await post("reused", { ...newOrder, notes: "other" });
    expect([refused.status, refused.body.code]).toEqual([422, "idempotency-mismatch"]);
  });

  test("a key belongs to its method and path; a trailing slash makes no difference", async () => {
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

  test("a final refusal is stored and repeated byte for byte, even if the request would now be accepted", async () => {
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

  test("a repeated 412 has the state and version of its first answer", async () => {
    const path = await create();
    await api.call("PUT", path, { body: { notes: "theirs" } });
    const headers = { "idempotency-key": "stale", "if-match": '"0"' };
    const first = await api.call("PUT", path, { body: { notes: "mine" }, headers });
    await api.call("PUT", path, { body: { notes: "later" } });
    const again = await api.call("PUT", path, { body: { notes: "mine" }, headers });
    expect([again.status, again.text, again.headers.get("etag")]).toEqual([412, first.text, '"1"']);
  });

  test("a path that is spelled differently is the same path: the write is carried out once", async () => {
    const created = await api.call("POST", "/api/orders", { body: newOrder });
    const path = created.headers.get("location") ?? "";
    const id = path.split("/").at(-1) ?? "";
    const spelled = path.replace(id, Array.from(id, (digit) => `%3${digit}`).join(""));
    const put = (at: string) =>
      api.call("PUT", at, { body: { notes: "spelled" }, headers: { "idempotency-key": "spelled path" } });
    const replies = [await put(spelled), await put(path), await put(`${spelled}/`)];
    expect(replies.map(({ status, headers }) => [status, headers.get("idempotency-replayed")])).toEqual([
      [200, null],
      [200, "true"],
      [200, "true"],
    ]);
    const now = await api.call("GET", path);
    expect(new Set([...replies, now].map(({ headers }) => headers.get("etag"))).size).toBe(1);
  });

  test("422 for a different If-Match with the same key, because it is a different request", async () => {
    const path = await create();
    const headers = { "idempotency-key": "matched" };
    await api.call("PUT", path, { body: { notes: "a" }, headers: { ...headers, "if-match": '"7"' } });
    const corrected = await api.call("PUT", path, { body: { notes: "a" }, headers: { ...headers, "if-match": '"0"' } });
    expect([corrected.status, corrected.body.code]).toEqual([422, "idempotency-mismatch"]);
  });

  test("an invalid body does not use the key up", async () => {
    expect((await post("malformed", { ...newOrder, customer_id: "1" })).status).toBe(422);
    expect((await post("malformed")).status).toBe(201);
  });

  test("twenty simultaneous requests with one key create one order; the others get its answer or 409", async () => {
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

  test("400 for an empty, too long or unprintable key", async () => {
    for (const key of ["", "x".repeat(256), "é"]) {
      const refused = await post(key);
      expect([refused.status, refused.body.code]).toEqual([400, "idempotency-key"]);
    }
  });
});

describe("?dry_run=1", () => {
  test("PUT returns the resulting order but stores nothing", async () => {
    const path = await create();
    const before = await api.call("GET", `${path}?include=details`);
    const body = { notes: "maybe", order_details: details };
    const dryRun = await api.call("PUT", `${path}?dry_run=1`, { body });
    expect([dryRun.status, dryRun.body.message]).toEqual([200, "Order updated (dry run: nothing was stored)"]);
    expect(dryRun.body.data).toMatchObject({ notes: "maybe", subtotal: "36.0000", order_total: "36.0000" });
    const after = await api.call("GET", `${path}?include=details`);
    expect([after.text, after.headers.get("etag")]).toEqual([before.text, before.headers.get("etag")]);
  });

  test("a dry run reports the same issues as a real write", async () => {
    const path = await create();
    const body = { customer_id: 999, shipping_fee: "1.00005" };
    const [dryRun, real] = [
      await api.call("PUT", `${path}?dry_run=1`, { body }),
      await api.call("PUT", path, { body }),
    ];
    expect([dryRun.status, dryRun.body.errors]).toEqual([real.status, real.body.errors]);
  });

  test("DELETE does not delete the order; 400 for values other than 1 and 0", async () => {
    const path = await create();
    expect((await api.call("DELETE", `${path}?dry_run=1`)).status).toBe(200);
    expect((await api.call("GET", path)).status).toBe(200);
    expect((await api.call("DELETE", `${path}?dry_run=yes`)).status).toBe(400);
  });

  test("a dry run does not use its idempotency key up", async () => {
    const path = await create();
    const headers = { "idempotency-key": "dryRun" };
    await api.call("PUT", `${path}?dry_run=1`, { body: { notes: "a" }, headers });
    const real = await api.call("PUT", path, { body: { notes: "b" }, headers });
    expect([real.status, real.headers.get("idempotency-replayed")]).toEqual([200, null]);
  });

  // Must be the last test, because a rolled-back insert uses up an id on MariaDB but not on SQLite.
  test("POST 200 has no Location and creates nothing", async () => {
    const count = async () => (await api.call("GET", "/api/orders")).text;
    const before = await count();
    const dryRun = await api.call("POST", "/api/orders?dry_run=1", { body: newOrder });
    expect([dryRun.status, dryRun.headers.get("location")]).toEqual([200, null]);
    expect(await count()).toBe(before);
  });
});

describe("headers that the operator requires", () => {
  let strict: BothEngines;
  beforeAll(async () => {
    strict = await startBothEngines({ writePolicy: { requireIfMatch: true, requireIdempotencyKey: true } });
  }, startTimeoutMs);
  afterAll(() => strict.stop());

  test("400 and 428 list the missing headers, and nothing is written", async () => {
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
