// Purchase orders: made, changed, submitted, approved, received in parts, closed and cancelled, on both engines.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { sql } from "northwind-schema/sql";
import { Browser } from "../access/browser.ts";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
let supplier_id: number;
beforeAll(async () => {
  api = await startBothEngines();
  supplier_id = await made("/api/suppliers", { company: "Imports" });
  await made("/api/suppliers", { company: "Others" });
}, startTimeoutMs);
afterAll(() => api.stop());

async function made(path: string, body: object): Promise<number> {
  const reply = await api.call("POST", path, { body });
  expect([reply.status, reply.body.errors]).toEqual([201, undefined]);
  return Object(reply.body.data).id;
}

const product = (fields: object = {}) =>
  made("/api/products", { product_name: "Tea", stocked: true, standard_cost: "2", ...fields });
const base = "/api/purchase_orders";
const get = async (id: number) => Object((await api.call("GET", `${base}/${id}`)).body.data);
const post = (id: number, action: string, body?: object, headers: Record<string, string> = {}) =>
  api.call("POST", `${base}/${id}/${action}`, {
    headers,
    ...(body === undefined && action !== "receive" ? {} : { body: body ?? {} }),
  });
const put = (id: number, body: object) => api.call("PUT", `${base}/${id}`, { body });
const faultsOf = ({ status, body }: Reply) => [
  status,
  ...(body.errors ?? []).map(({ pointer, code }) => `${pointer} ${code}`),
];

/** A purchase order of these quantities of products. */
async function purchase(
  lines: readonly (readonly [product: number, quantity: number | string])[],
  fields: object = {},
) {
  const purchase_order_details = lines.map(([product_id, quantity]) => ({ product_id, quantity }));
  const { status, body } = await api.call("POST", base, { body: { supplier_id, ...fields, purchase_order_details } });
  expect([status, body.errors]).toEqual([201, undefined]);
  return Object(body.data);
}

async function approved(lines: readonly (readonly [product: number, quantity: number | string])[]) {
  const { id } = await purchase(lines);
  for (const action of ["submit", "approve"]) expect((await post(id, action)).status).toBe(200);
  return get(id);
}

const order = (product_id: number, quantity: number, order_date = "2024-01-15T10:30:00") =>
  made("/api/orders", { order_date, order_details: [{ product_id, quantity }] });
const allocatedOf = async (id: number) =>
  Object((await api.call("GET", `/api/orders/${id}?include=details`)).body.data).order_details[0].allocated;

const balance = sql(`SELECT on_hand, allocated, on_order, back_ordered FROM product_stock WHERE product_id = :id`);
const owed = sql(`
  SELECT SUM(CASE WHEN d.quantity > d.received THEN d.quantity - d.received ELSE 0 END) AS owed
  FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id
  WHERE d.product_id = :id AND p.status_id IN (0, 1, 2)
`);
const entries = sql(`
  SELECT quantity, purchase_order_id, purchase_order_detail_id, principal FROM inventory_transactions
  WHERE product_id = :id AND transaction_type = 1 ORDER BY id
`);

/** On hand, allocated, on order and back-ordered in pieces, after what is on order was found to be what is owed. */
async function stockOf(id: number): Promise<number[]> {
  let found: number[] = [];
  await api.onDatabases(async (database) => {
    const { on_hand, allocated, on_order, back_ordered } = await database.one(balance, { id });
    expect(Number(on_order)).toBe(Number((await database.one(owed, { id })).owed ?? 0));
    found = [on_hand, allocated, on_order, back_ordered].map(Number);
    return found;
  });
  return found;
}

describe("POST /api/purchase_orders 201", () => {
  test("a new purchase order: what the supplier asks or the standard cost, and what is on order", async () => {
    const tea = await product();
    const jam = await product({ standard_cost: "1.005" });
    const suppliers = [{ supplier_id, unit_cost: "3.25" }];
    await api.call("PUT", `/api/products/${tea}/suppliers`, { body: { suppliers } });
    const made = await purchase(
      [
        [tea, 10],
        [jam, 1],
      ],
      { expected_date: "2030-01-01T00:00:00", shipping_fee: "4" },
    );
    const nothing = {
      received: "0.0000",
      date_received: null,
      posted_to_inventory: false,
      order_detail_id: null,
      order_id: null,
    };
    expect(made).toMatchObject({
      ...{ supplier_id, status_id: 0, submitted_by: null, approved_principal: null, shipping_fee: "4.0000" },
      total_cost: "37.5100",
      purchase_order_details: [
        { product_id: tea, quantity: "10.0000", unit_cost: "3.2500", extended_cost: "32.5000", ...nothing },
        { product_id: jam, quantity: "1.0000", unit_cost: "1.0050", extended_cost: "1.0100", product_name: "Tea" },
      ],
    });
    expect([await stockOf(tea), await stockOf(jam)]).toEqual([
      [0, 0, 10, 0],
      [0, 0, 1, 0],
    ]);
  });

  test("a product whose stock is not kept is bought as well", async () => {
    const idea = await made("/api/products", { product_name: "Idea" });
    const { id } = await approved([[idea, "0.5"]]);
    expect((await post(id, "receive")).status).toBe(200);
    expect((await get(id)).purchase_order_details).toMatchObject([{ received: "0.5000", posted_to_inventory: true }]);
  });
});

describe("GET /api/purchase_orders 200", () => {
  test("the newest first, in pages, by status and supplier", async () => {
    const buyer = await made("/api/suppliers", { company: "Pages" });
    const tea = await product();
    const ids: number[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await purchase([[tea, 1]], { supplier_id: buyer })).id);
    await post(ids[1] ?? 0, "submit");
    const list = async (query: string) => {
      const { body } = await api.call("GET", `${base}?${query}`);
      expect([query, body.errors, body.message]).toEqual([query, undefined, "Purchase orders retrieved"]);
      return { ids: Object(body.data).map(({ id }: { readonly id: number }) => id), cursor: body.page?.next_cursor };
    };
    expect((await list("limit=2")).ids).toEqual(ids.slice(0, 2));
    const first = await list(`supplier_id=${buyer}&limit=2`);
    expect(first.ids).toEqual(ids.slice(0, 2));
    expect(await list(`supplier_id=${buyer}&limit=2&cursor=${first.cursor}`)).toEqual({
      ...{ ids: ids.slice(2), cursor: null },
    });
    expect((await list(`supplier_id=${buyer}&status_id=1`)).ids).toEqual([ids[1]]);
    expect((await list("status_id=1&limit=1")).ids).toEqual([ids[1]]);
    expect((await api.call("GET", `${base}?status_id=1&cursor=${first.cursor}`)).status).toBe(400);
    expect((await api.call("GET", `${base}/999999`)).status).toBe(404);
  });

  test("404 for a supplier or a status that does not exist, which are named; an empty list for those that do", async () => {
    const supplier_id = await made("/api/suppliers", { company: "Without orders" });
    const found = async (query: string) => {
      const { status, body } = await api.call("GET", `${base}?${query}`);
      return [status, body.message, ...(body.errors ?? []).map((issue) => Object(issue).parameter)];
    };
    const noSupplier = [404, "There is no such supplier.", "supplier_id"];
    expect(await found("supplier_id=99999")).toEqual(noSupplier);
    expect(await found("supplier_id=99999&include=details")).toEqual(noSupplier);
    expect(await found("status_id=99")).toEqual([404, "There is no such status.", "status_id"]);
    expect(await found("status_id=99&supplier_id=99999")).toEqual([...noSupplier, "status_id"]);
    expect(await found(`status_id=4&supplier_id=${supplier_id}`)).toEqual([200, "Purchase orders retrieved"]);
  });
});

test("GET /api/purchase_orders?include=details 200: as each is read by itself, without what may be done with it", async () => {
  const tea = await product();
  const bought = [await purchase([[tea, 3]]), await purchase([]), await purchase([[tea, 1]], { shipping_fee: "4" })];
  const list = Object((await api.call("GET", `${base}?limit=3&include=details`)).body).data;
  expect(list).toEqual(await Promise.all(bought.toReversed().map(({ id }) => get(id))));
  const [plain] = Object((await api.call("GET", `${base}?limit=1`)).body).data;
  expect([plain.id, plain.purchase_order_details, plain.total_cost]).toEqual([bought[2].id, undefined, undefined]);
});

describe("PUT /api/purchase_orders/{id}", () => {
  test("200: details in another order are read in that order; 422 for a fraction of another product", async () => {
    const [tea, jam] = [await product({ sold_in_fractions: true }), await product()];
    const { id, purchase_order_details: details } = await purchase([
      [tea, "1.5"],
      [jam, 3],
    ]);
    const [one, two] = details;
    expect((await put(id, { purchase_order_details: [{ id: two.id }, { id: one.id }] })).status).toBe(200);
    expect((await get(id)).purchase_order_details).toMatchObject([{ id: two.id }, { id: one.id }]);
    const other = [{ id: two.id }, { id: one.id, product_id: jam }];
    expect(faultsOf(await put(id, { purchase_order_details: other }))).toEqual([
      422,
      "#/purchase_order_details/1/quantity rule",
    ]);
  });

  test("200: details are changed, added and removed, and may be sent back as they were read", async () => {
    const [tea, jam] = [await product(), await product()];
    const { id, purchase_order_details: details } = await purchase([
      [tea, 5],
      [tea, 3],
    ]);
    const read = await get(id);
    expect(faultsOf(await put(id, read))).toEqual([200]);
    const changed = [
      { product_id: jam, quantity: 2, unit_cost: "9" },
      { ...details[0], quantity: 7 },
    ];
    const { body } = await put(id, { ...read, notes: "soon", purchase_order_details: changed });
    expect(body.data).toMatchObject({
      notes: "soon",
      purchase_order_details: [
        { product_id: jam, quantity: "2.0000", unit_cost: "9.0000" },
        { id: details[0].id, quantity: "7.0000", unit_cost: "2.0000" },
      ],
    });
    expect([await stockOf(tea), await stockOf(jam)]).toEqual([
      [0, 0, 7, 0],
      [0, 0, 2, 0],
    ]);
  });

  test("200: a change of quantity, price or supplier takes the approval back; other fields do not", async () => {
    const tea = await product();
    const changes = [
      (details: object[]) => ({ purchase_order_details: details.map((detail) => ({ ...detail, quantity: 6 })) }),
      (details: object[]) => ({ purchase_order_details: details.map((detail) => ({ ...detail, unit_cost: 6 })) }),
      () => ({ supplier_id: supplier_id + 1 }),
      () => ({ shipping_fee: 6 }),
    ];
    for (const change of changes) {
      const { id, purchase_order_details: details } = await approved([[tea, 5]]);
      const paid = { notes: "n", payment_date: "2030-01-01T00:00:00", payment_amount: 1, payment_method: "Check" };
      const kept = await put(id, { ...paid, purchase_order_details: details });
      expect(kept.body.data).toMatchObject({ status_id: 2, approved_principal: "local", payment_amount: "1.0000" });
      const { body } = await put(id, change(details));
      expect(body.data).toMatchObject({ status_id: 1, approved_principal: null, approved_date: null });
      await post(id, "cancel");
    }
    expect(await stockOf(tea)).toEqual([0, 0, 0, 0]);
  });

  test("409: what has come in stays, and so does the supplier; a new one is not paid", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await approved([
      [tea, 5],
      [tea, 4],
    ]);
    await post(id, "receive", { purchase_order_details: [{ id: details[0].id, quantity: 2 }] });
    const faults = async (body: object) => faultsOf(await put(id, body));
    const [first, second] = (await get(id)).purchase_order_details;
    const at = "#/purchase_order_details";
    expect(await faults({ purchase_order_details: [{ ...first, quantity: 6 }, second] })).toEqual([
      409,
      `${at}/0/received state`,
    ]);
    expect(await faults({ purchase_order_details: [{ ...first, unit_cost: 6 }] })).toEqual([
      409,
      `${at}/0/received state`,
    ]);
    expect(await faults({ supplier_id: supplier_id + 1, purchase_order_details: [second] })).toEqual([
      409,
      `${at} state`,
      "#/supplier_id state",
    ]);
    expect(await faults({ purchase_order_details: [first, { ...second, quantity: 1 }] })).toEqual([200]);
    expect(await stockOf(tea)).toEqual([2, 0, 4, 0]);
    const fresh = await purchase([[tea, 1]]);
    expect(faultsOf(await put(fresh.id, { payment_amount: 1 }))).toEqual([409, "#/payment_amount state"]);
  });

  test("422: every fault of the details at once", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await purchase([[tea, 5]]);
    const first = details[0].id;
    const wrong = [
      { id: first, quantity: "0.5" },
      { id: first, quantity: 0 },
      { id: 999_999 },
      { product_id: 999_999, quantity: 1 },
      { product_id: tea, quantity: 0 },
      { product_id: tea },
    ];
    const at = "#/purchase_order_details";
    expect(faultsOf(await put(id, { purchase_order_details: wrong, supplier_id: 999_999 }))).toEqual([
      ...[422, "#/supplier_id reference", `${at}/0/quantity rule`, `${at}/1/id reference`, `${at}/2/id reference`],
      ...[`${at}/3/product_id reference`, `${at}/4/quantity rule`, `${at}/5/quantity required`],
    ]);
    expect(faultsOf(await put(id, { status_id: 2 }))).toEqual([422, "#/status_id read-only"]);
  });
});

describe("POST /api/purchase_orders/{id}/receive", () => {
  test("200: 99, 1, then 1 more of 100: complete at 100, the last refused", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await approved([[tea, 100]]);
    const receive = (quantity: number) =>
      post(id, "receive", {
        purchase_order_details: [{ id: details[0].id, quantity }],
        date: "2030-01-02T03:04:05",
      });
    const part = Object((await receive(99)).body.data).purchase_order_details;
    expect(part).toMatchObject([{ received: "99.0000", posted_to_inventory: false, date_received: null }]);
    expect(await stockOf(tea)).toEqual([99, 0, 1, 0]);
    const all = Object((await receive(1)).body.data).purchase_order_details;
    expect(all).toMatchObject([
      { received: "100.0000", posted_to_inventory: true, date_received: "2030-01-02T03:04:05" },
    ]);
    expect(faultsOf(await receive(1))).toEqual([409, "#/purchase_order_details/0/quantity state"]);
    expect(faultsOf(await post(id, "receive"))).toEqual([409, "#/purchase_order_details state"]);
    expect(await stockOf(tea)).toEqual([100, 0, 0, 0]);
    await api.onDatabases(async (database) => {
      const named = { purchase_order_id: id, purchase_order_detail_id: details[0].id, principal: "local" };
      expect(await database.all(entries, { id: tea })).toMatchObject([
        { quantity: "99.0000", ...named },
        { quantity: "1.0000", ...named },
      ]);
    });
  });

  test("200: more than ordered within the tolerance of the company", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await approved([[tea, 100]]);
    await api.call("PUT", "/api/company", { body: { over_receipt_tolerance: "0.05" } });
    const receive = (quantity: number) =>
      post(id, "receive", { purchase_order_details: [{ id: details[0].id, quantity }] });
    expect([(await receive(106)).status, (await receive(104)).status]).toEqual([409, 200]);
    expect([(await receive(2)).status, (await receive(1)).status]).toEqual([409, 200]);
    await api.call("PUT", "/api/company", { body: { over_receipt_tolerance: "0" } });
    expect(await stockOf(tea)).toEqual([105, 0, 0, 0]);
  });

  test("200: what comes in goes to the orders that wait, the oldest first", async () => {
    const tea = await product();
    const younger = await order(tea, 3, "2024-03-01T00:00:00");
    const older = await order(tea, 3, "2024-02-01T00:00:00");
    const { id, purchase_order_details: details } = await approved([[tea, 5]]);
    await post(id, "receive", { purchase_order_details: [{ id: details[0].id, quantity: 4 }] });
    expect([await allocatedOf(older), await allocatedOf(younger)]).toEqual(["3.0000", "1.0000"]);
    await post(id, "receive");
    expect(await allocatedOf(younger)).toBe("2.0000");
    expect(await stockOf(tea)).toEqual([5, 5, 0, 1]);
    for (const { url } of api.servers) {
      const { data } = Object(await (await fetch(`${url}/api/orders/${older}/history`)).json());
      expect(data.at(-1).after.order_details[0].allocated).toBe("3.0000");
    }
  });

  test("a dry run receives nothing, a repeated key once, an old version not at all", async () => {
    const tea = await product();
    const { id } = await approved([[tea, 5]]);
    expect((await api.call("POST", `${base}/${id}/receive?dry_run=1`, { body: {} })).status).toBe(200);
    expect(await stockOf(tea)).toEqual([0, 0, 5, 0]);
    expect((await post(id, "receive", {}, { "if-match": '"0"' })).status).toBe(412);
    for (const _ of [1, 2]) await post(id, "receive", {}, { "idempotency-key": `receive ${id}` });
    expect(await stockOf(tea)).toEqual([5, 0, 0, 0]);
  });

  test("every reason at once", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await purchase([[tea, 5]]);
    const [first] = details;
    const wrong = [
      { id: first.id, quantity: "9.5" },
      { id: first.id, quantity: 1 },
      { id: 999_999, quantity: 1 },
    ];
    const at = "#/purchase_order_details";
    expect(faultsOf(await post(id, "receive", { purchase_order_details: wrong }))).toEqual([
      ...[422, `${at}/1/id reference`, `${at}/2/id reference`, `${at}/0/quantity rule`],
      ...["# state", `${at}/0/quantity state`],
    ]);
  });
});

describe("POST /api/purchase_orders/{id}/close and cancel", () => {
  test("200: a detail that comes short is no longer on order", async () => {
    const tea = await product();
    const { id, purchase_order_details: details } = await approved([
      [tea, 5],
      [tea, 4],
    ]);
    const [first, second] = details.map((detail: { readonly id: number }) => detail.id);
    expect(faultsOf(await post(id, "close", {}))).toEqual([409, "# state", "# state", "# state"]);
    await post(id, "receive", { purchase_order_details: [{ id: first, quantity: 3 }] });
    expect(faultsOf(await post(id, "cancel"))).toEqual([409, "# state"]);
    expect(faultsOf(await post(id, "close", { short: [first] }))).toEqual([409, "# state"]);
    const { body } = await post(id, "close", { short: [first, second] });
    expect(body.data).toMatchObject({ status_id: 3, closed_date: expect.any(String) });
    expect(await stockOf(tea)).toEqual([3, 0, 0, 0]);
    expect(faultsOf(await put(id, { notes: "late", payment_amount: 6, shipping_fee: 1 }))).toEqual([
      409,
      "#/shipping_fee state",
    ]);
    expect(faultsOf(await put(id, { notes: "late", payment_amount: 6 }))).toEqual([200]);
    expect(faultsOf(await post(id, "receive"))).toEqual([409, "# state"]);
  });

  test("200: all that has come in is closed without more; a cancelled one is off order", async () => {
    const tea = await product();
    const { id } = await approved([[tea, 5]]);
    await post(id, "receive");
    expect(faultsOf(await post(id, "close", {}))).toEqual([200]);
    const other = await approved([[tea, 7]]);
    const { body } = await post(other.id, "cancel");
    expect(body.data).toMatchObject({ status_id: 4 });
    expect(await stockOf(tea)).toEqual([5, 0, 0, 0]);
    expect(faultsOf(await post(other.id, "cancel"))).toEqual([409, "# state"]);
  });
});

test("409 for every step of a purchase order that is over, with one reason; its notes are changed, as it says", async () => {
  const tea = await product();
  const { id } = await approved([[tea, 5]]);
  expect(faultsOf(await post(id, "cancel"))).toEqual([200]);
  const [over, already] = ["It is cancelled. Make a new one.", "It is closed or cancelled already. Leave it as it is."];
  for (const [step, message] of [
    ...[["submit", over] as const, ["approve", over] as const, ["receive", over] as const],
    ...[["close", already] as const, ["cancel", already] as const],
  ])
    expect((await post(id, step, {})).body.errors).toEqual([{ pointer: "#", code: "state", message }]);
  const { body } = await api.call("GET", `/api/purchase_orders/${id}?include=actions`);
  const allowed = Object(body.data).actions.filter((one: { readonly allowed: boolean }) => one.allowed);
  expect(allowed).toEqual([{ action: "update", allowed: true, unmet: [] }]);
  expect(faultsOf(await put(id, { notes: "Too dear" }))).toEqual([200]);
});

// Last: from here on there are users.
describe("approval by somebody else", () => {
  test("who submitted a purchase order, or changed it since, does not approve it; the actions say so", async () => {
    const tea = await product();
    const { id } = await purchase([[tea, 5]]);
    const empty = await purchase([], { supplier_id: null });
    const password = "correct horse battery";
    for (const { url } of api.servers) {
      const admin = new Browser(url);
      await admin.call("POST", "/api/session/first-user", { email_address: "a@example.com", name: "A", password });
      const people = new Map([["admin", admin]]);
      for (const role of ["manager", "approver", "warehouse", "purchasing"]) {
        const user = { email_address: `${role}@example.com`, password };
        await admin.call("POST", "/api/users", { ...user, name: role, roles: [role] });
        const browser = new Browser(url);
        await browser.signIn(user);
        people.set(role, browser);
      }
      const call = async (role: string, method: string, path: string, body?: object) =>
        (await people.get(role)?.call(method, `${base}/${path}`, body)) ?? admin.call("GET", "/api/nothing");
      const status = async (role: string, action: string) =>
        (await call(role, "POST", `${id}/${action}`, action === "receive" ? {} : undefined)).status;
      expect([await status("approver", "submit"), await status("manager", "submit")]).toEqual([403, 200]);
      expect([await status("purchasing", "approve"), await status("manager", "approve")]).toEqual([403, 409]);
      const { data } = await call("manager", "GET", `${id}?include=actions`);
      const { actions } = Object(data);
      const allowed = actions.flatMap((one: { readonly action: string; readonly allowed: boolean }) =>
        one.allowed ? [one.action] : [],
      );
      expect(allowed).toEqual(["update", "cancel"]);
      expect(actions[2]).toEqual({
        ...{ action: "approve", allowed: false },
        unmet: [
          {
            ...{ code: "state", message: "You submitted it, or changed it since." },
            what_to_do: "Somebody else approves it.",
          },
        ],
      });
      expect(await status("approver", "approve")).toBe(200);
      await call("admin", "PUT", `${id}`, { shipping_fee: 2 });
      expect([await status("admin", "approve"), await status("manager", "approve")]).toEqual([409, 200]);
      expect([await status("approver", "receive"), await status("warehouse", "receive")]).toEqual([403, 200]);
      const none = Object((await call("warehouse", "GET", `${empty.id}?include=actions`)).data);
      expect(none.actions[1].unmet).toMatchObject([
        { code: "forbidden", message: "You lack the right write-purchases." },
        { code: "state", message: "It has no supplier." },
        { code: "state", message: "It has no details." },
      ]);
      expect("total_cost" in none).toBe(false);
    }
  });
});
