/**
 * Whatever a client sends, the answer is never a 5xx, is the same on both engines, and has the right form. Most values
 * are valid, so that requests get past the first checks and reach the database.
 */
import { afterAll, beforeAll, expect, test } from "bun:test";
import fc from "fast-check";
import { type BothEngines, startBothEngines, startTimeoutMs } from "./both-engines.ts";

const seed = Number(process.env.SEED ?? Date.now() % 2_147_483_647);
const numRuns = Number(process.env.RUNS ?? 300);
console.log(`any input: SEED=${seed}`);

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines({ allowImport: true });
  for (const plural of ["customers", "employees", "shippers", "suppliers"])
    for (const company of ["A", "B"]) await api.call("POST", `/api/${plural}`, { body: { company } });
  for (const product_name of ["A", "B"])
    await api.call("POST", "/api/products", { body: { product_name, list_price: 1 } });
}, startTimeoutMs);
afterAll(() => api.stop());

const unusual = fc.constantFrom<unknown>(
  ...[
    null,
    true,
    false,
    0,
    -1,
    1,
    2,
    1.5,
    1e21,
    2147483647,
    2147483648,
    9007199254740992,
    "",
    " ",
    "0",
    "1",
    "-0",
    "1e3",
    "NaN",
  ],
  ...[
    "922337203685477.5807",
    "922337203685477.5808",
    "-0.0001",
    "0.00001",
    "O'Brien",
    "'; DROP TABLE orders; --",
    "%",
    "_",
    "!",
    "\\",
  ],
  ...["\u0000", "\ud800", "\u202e", "🧀", "e\u0301", "İ", "ß", "\u00a0", "x".repeat(51), "x".repeat(300)],
  ...[
    "2024-01-15T10:30:00",
    "9999-12-31T23:59:59",
    "1900-01-01T00:00:00",
    "0000-00-00T00:00:00",
    "2024-02-30T00:00:00",
    [],
    {},
    [1],
    [[]],
  ],
);
const valid = {
  id: fc.constantFrom<unknown>(1, 2, null),
  text: fc.constantFrom<unknown>("Ana", "Łódź", "", null, "a".repeat(50)),
  amount: fc.constantFrom<unknown>("0", "12.5", 3, 0.1, "922337203685477.5807", null),
  rate: fc.constantFrom<unknown>("0", "0.5", 1, 0.0825),
  time: fc.constantFrom<unknown>("2024-01-15T10:30:00", "2024-01-16T00:00:00", null),
};
/** Usually a valid value, sometimes an unusual one. */
const either = (values: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 9, arbitrary: values }, { weight: 1, arbitrary: unusual });

const detail = fc.record(
  {
    id: either(fc.constantFrom<unknown>(1, 2, 3)),
    product_id: either(fc.constantFrom<unknown>(1, 2)),
    quantity: either(fc.constantFrom<unknown>(1, "2.5", 0)),
    unit_price: either(valid.amount),
    discount: either(valid.rate),
  },
  { requiredKeys: ["product_id", "quantity"] },
);

const order = fc.record(
  {
    ...{ customer_id: either(valid.id), employee_id: either(valid.id), shipper_id: either(valid.id) },
    ...{ order_date: either(valid.time), shipped_date: either(valid.time), paid_date: either(valid.time) },
    ...{
      ship_name: either(valid.text),
      ship_address: either(valid.text),
      notes: either(valid.text),
      payment_type: either(valid.text),
    },
    ...{ shipping_fee: either(valid.amount), taxes: either(valid.amount), tax_rate: either(valid.rate) },
    tax_status_id: either(fc.constantFrom<unknown>(0, 1, null)),
    status_id: either(fc.constantFrom<unknown>(0, 0, 0, 1, 2)),
    order_details: either(fc.array(detail, { maxLength: 3 })),
    surprise: unusual,
  },
  // The default order date is the current time, which may differ between the two servers.
  { requiredKeys: ["order_date"] },
);

const contact = fc.record(
  {
    company: either(valid.text),
    first_name: either(valid.text),
    home_phone: either(valid.text),
    notes: either(valid.text),
    city: unusual,
  },
  { requiredKeys: [] },
);

const product = fc.record(
  {
    ...{ product_name: either(valid.text), list_price: either(valid.amount), standard_cost: either(valid.amount) },
    ...{
      supplier_ids: either(fc.constantFrom<unknown>([], [1], [1, 2], [9])),
      discontinued: either(fc.boolean()),
      reorder_level: unusual,
    },
  },
  { requiredKeys: [] },
);

const pathId = fc.constantFrom(
  "1",
  "2",
  "3",
  "7",
  "0",
  "99999",
  "01",
  "-1",
  "x",
  "2147483648",
  "9223372036854775808",
  "%00",
  "1%2F2",
  "%FF",
);
const plural = fc.constantFrom("customers", "employees", "shippers", "suppliers");
const query = fc
  .array(
    fc.constantFrom(
      ...[
        "limit=1",
        "limit=0",
        "limit=1001",
        "sort=-id",
        "sort=-order_date",
        "sort=order_date",
        "sort=name",
        "q=a",
        "q=%25",
        "q=!",
        "q=%FF",
      ],
      ...[
        "q=1",
        "customer_id=1",
        "status_id=0",
        "order_date_from=2024-01-15",
        "order_date_to=2024-01-15",
        "include=details,customer",
      ],
      ...[
        "include=x",
        "cursor=WyJpZCIsMSxudWxsXQ",
        "cursor=e30",
        "cursor=WyItb3JkZXJfZGF0ZSIsMSxudWxsXQ",
        "x=1",
        "=",
        "&",
        "limit",
      ],
    ),
    { maxLength: 3 },
  )
  .map((parts) => (parts.length === 0 ? "" : `?${parts.join("&")}`));

interface Call {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

const calls: fc.Arbitrary<Call> = fc.oneof(
  fc.record({ method: fc.constant("POST"), path: fc.constant("/api/orders"), body: order }),
  fc.record({ method: fc.constant("PUT"), path: pathId.map((id) => `/api/orders/${id}`), body: order }),
  fc.record({ method: fc.constantFrom("GET", "DELETE"), path: pathId.map((id) => `/api/orders/${id}`) }),
  fc.record({
    method: fc.constant("GET"),
    path: fc
      .tuple(
        fc.constantFrom(
          ...["/api/orders", "/api/orders/customer/1", "/api/orders/anchors", "/api/orders/counts", "/api/summary"],
          ...["/api/products", "/api/customers"],
        ),
        query,
      )
      .map((parts) => parts.join("")),
  }),
  fc.record({ method: fc.constant("POST"), path: plural.map((resource) => `/api/${resource}`), body: contact }),
  fc.record({
    method: fc.constant("PUT"),
    path: fc.tuple(plural, pathId).map(([resource, id]) => `/api/${resource}/${id}`),
    body: contact,
  }),
  fc.record({
    method: fc.constant("DELETE"),
    path: fc.tuple(plural, pathId).map(([resource, id]) => `/api/${resource}/${id}`),
  }),
  fc.record({ method: fc.constant("POST"), path: fc.constant("/api/products"), body: product }),
  fc.record({ method: fc.constant("PUT"), path: pathId.map((id) => `/api/products/${id}`), body: product }),
);

test("any sequence of requests gets equal answers with the right envelope and never a 5xx", async () => {
  const statuses = new Map<number, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(calls, { minLength: 1, maxLength: 10 }), async (sequence) => {
      for (const { method, path, body } of sequence) {
        const reply = await api.call(method, path, body === undefined ? {} : { body });
        statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
        expect(reply.status).toBeLessThan(500);
        expect(reply.body).toMatchObject({ success: reply.status < 400, message: expect.any(String) });
        expect("data" in reply.body).toBe(true);
      }
    }),
    { seed, numRuns },
  );
  // If nearly all requests were refused at the first check, the run would prove little.
  expect(statuses.get(200) ?? 0).toBeGreaterThan(20);
  expect(statuses.get(201) ?? 0).toBeGreaterThan(20);
}, 120_000);
