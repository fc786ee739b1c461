// A client may send a resource back as it read it: what only the server sets is accepted as long as it is unchanged.
import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { type BothEngines, type Reply, startBothEngines, startTimeoutMs } from "./both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

async function create(plural: string, body: object): Promise<string> {
  return (await api.call("POST", `/api/${plural}`, { body })).headers.get("location") ?? "";
}

const idOf = (path: string) => Number(path.split("/").at(-1));
const pointers = ({ body }: Reply) => body.errors?.map(({ pointer, code }) => `${pointer} ${code}`);

function dataOf({ body }: Reply): Record<string, unknown> {
  if (typeof body.data !== "object" || body.data === null) throw new Error("no data");
  return { ...body.data };
}

async function createOrder(): Promise<string> {
  const customer_id = idOf(await create("customers", { company: "Sent back", city: "Aarhus" }));
  const employee_id = idOf(await create("employees", { first_name: "Ida" }));
  const shipper_id = idOf(await create("shippers", { company: "Post" }));
  const product_id = idOf(await create("products", { product_name: "Tea", list_price: "18" }));
  const order_details = [
    { product_id, quantity: "2.5", discount: "0.1" },
    { product_id, quantity: 1, unit_price: "7" },
  ];
  return create("orders", { customer_id, employee_id, shipper_id, shipping_fee: "3", order_details });
}

const all = "?include=details,totals,customer,employee,shipper,actions";

describe("GET, then PUT of the same JSON", () => {
  test.each(["", "?include=details", "?include=totals", all])("200 for an order read with %s", async (query) => {
    const path = await createOrder();
    const read = await api.call("GET", path + query);
    const body = dataOf(read);
    const put = await api.call("PUT", path + query, { body, headers: { "if-match": read.headers.get("etag") ?? "" } });
    expect([put.status, put.body.data]).toEqual([200, body]);
  });

  test("200 for an order past New, whose details cannot change any more", async () => {
    const path = await createOrder();
    await api.call("PUT", path, { body: { status_id: 1 } });
    expect((await api.call("PUT", path, { body: dataOf(await api.call("GET", path + all)) })).status).toBe(200);
  });

  test.each([
    ["customers", { company: "A", notes: "b" }],
    ["employees", { last_name: "A" }],
    ["shippers", { company: "A" }],
    ["suppliers", { company: "A" }],
    ["products", { product_name: "A", list_price: "1.5", supplier_ids: [] }],
  ])("200 for one of %s", async (plural, body) => {
    const path = await create(plural, body);
    const read = dataOf(await api.call("GET", path));
    const put = await api.call("PUT", path, { body: read });
    expect([put.status, put.body.data]).toEqual([200, read]);
  });

  test("200 for small numbers as Python and JavaScript write them, with an exponent", async () => {
    const rate = await create("tax_rates", { tax_class: "Tiny", valid_from: "2024-01-01", tax_rate: "0.00005" });
    for (const [path, body] of [
      [rate, '{"tax_rate":5e-05}'],
      [await createOrder(), '{"tax_rate":5E-5,"shipping_fee":1.25e2}'],
    ] as const)
      expect((await api.call("PUT", path, { body, headers: { "content-type": "application/json" } })).status).toBe(200);
    expect((await api.call("GET", rate)).body.data).toMatchObject({ tax_rate: 0.00005 });
    const refused = async (number: string) =>
      pointers(
        await api.call("PUT", rate, {
          body: `{"tax_rate":${number}}`,
          headers: { "content-type": "application/json" },
        }),
      );
    expect([await refused("5e-7"), await refused("1e3"), await refused("1e999")]).toEqual([
      ...[["#/tax_rate scale"], ["#/tax_rate range"], ["#/tax_rate decimal-format"]],
    ]);
    expect(pointers(await api.call("PUT", rate, { body: { tax_rate: "5e-05" } }))).toEqual([
      "#/tax_rate decimal-format",
    ]);
  });

  test("200 for the company", async () => {
    const read = dataOf(await api.call("GET", "/api/company"));
    const put = await api.call("PUT", "/api/company", { body: { ...read, confirmed: false } });
    expect([put.status, put.body.data]).toEqual([200, { ...read, confirmed: false }]);
    expect(pointers(await api.call("PUT", "/api/company", { body: { minor_unit: 9 } }))).toEqual([
      "#/minor_unit read-only",
    ]);
  });

  test("200 if the client changed what it may, and amounts are numbers now", async () => {
    const path = await createOrder();
    const read = dataOf(await api.call("GET", path + all));
    const body = { ...read, notes: "by hand", subtotal: Number(read.subtotal), order_total: Number(read.order_total) };
    expect((await api.call("PUT", path, { body })).body.data).toMatchObject({ notes: "by hand" });
  });

  test("200 for another customer, with the customer member of the one before", async () => {
    const path = await createOrder();
    const customer_id = idOf(await create("customers", { company: "The next one" }));
    const body = { ...dataOf(await api.call("GET", `${path}?include=customer`)), customer_id };
    const put = await api.call("PUT", `${path}?include=customer`, { body });
    expect([put.status, put.body.data]).toMatchObject([200, { customer: { company: "The next one" } }]);
  });
});

describe("PUT of what only the server sets, changed", () => {
  test("422 read-only names each changed member of an order and of its details", async () => {
    const path = await createOrder();
    const read = dataOf(await api.call("GET", path + all));
    const [first, second] = Array.isArray(read.order_details) ? read.order_details : [];
    const body = {
      ...{ ...read, id: idOf(path) + 1, subtotal: "1.0000", order_total: null },
      customer: { id: read.customer_id, company: "Renamed here" },
      order_details: [
        { ...first, extended_price: "0.0000" },
        { ...second, order_id: 0 },
      ],
    };
    const put = await api.call("PUT", path, { body });
    expect([put.status, put.body.code]).toEqual([422, "read-only"]);
    expect(pointers(put)?.sort()).toEqual([
      ...["#/customer read-only", "#/id read-only"],
      ...["#/order_details/0/extended_price read-only", "#/order_details/1/order_id read-only"],
      ...["#/order_total read-only", "#/subtotal read-only"],
    ]);
    expect(dataOf(await api.call("GET", path + all))).toEqual(read);
  });

  test("422 read-only for a new detail with a member that the server sets", async () => {
    const path = await createOrder();
    const read = dataOf(await api.call("GET", `${path}?include=details`));
    const [first] = Array.isArray(read.order_details) ? read.order_details : [];
    const { id: _, ...copied } = first;
    const put = await api.call("PUT", path, { body: { order_details: [first, copied] } });
    expect(put.status).toBe(422);
    expect(pointers(put)).toContain("#/order_details/1/extended_price read-only");
  });

  test("422 read-only for the id of a contact or a product; 412 comes first", async () => {
    for (const [plural, body] of [
      ["customers", { company: "A" }],
      ["products", { product_name: "A" }],
    ] as const) {
      const path = await create(plural, body);
      const put = (headers: Record<string, string>) => api.call("PUT", path, { body: { id: 2_000_000_000 }, headers });
      expect(pointers(await put({}))).toEqual(["#/id read-only"]);
      expect((await put({ "if-match": '"7"' })).status).toBe(412);
    }
  });

  test("422 read-only on POST, whatever the value, and unknown-field for a member that no order has", async () => {
    const path = await createOrder();
    expect(pointers(await api.call("PUT", path, { body: { total: 1 } }))).toEqual(["#/total unknown-field"]);
    expect(pointers(await api.call("POST", "/api/orders", { body: { id: 1, customer_id: 999_999 } }))).toEqual([
      ...["#/id read-only", "#/customer_id reference"],
    ]);
  });

  test("a POST that is refused for an unknown field alone uses up no id", async () => {
    const idOf = (path: string) => Number(path.split("/").at(-1));
    const path = await createOrder();
    expect((await api.call("POST", "/api/orders", { body: { total: 1 } })).status).toBe(422);
    expect(idOf(await createOrder())).toBe(idOf(path) + 1);
  });
});
