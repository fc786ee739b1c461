import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { join } from "node:path";
import { sql } from "northwind-schema/sql";
import { type BothEngines, startBothEngines, startTimeoutMs } from "../both-engines.ts";

let api: BothEngines;
beforeAll(async () => {
  api = await startBothEngines();
}, startTimeoutMs);
afterAll(() => api.stop());

const members = [
  ...["id", "company", "last_name", "first_name", "email_address", "job_title", "business_phone", "home_phone"],
  ...[
    "mobile_phone",
    "fax_number",
    "address",
    "city",
    "state_province",
    "zip_postal_code",
    "country_region",
    "web_page",
    "notes",
  ],
];

const contactResources = [
  ["customer", "customers"],
  ["employee", "employees"],
  ["shipper", "shippers"],
  ["supplier", "suppliers"],
] as const;

async function create(plural: string, body: object): Promise<number> {
  const reply = await api.call("POST", `/api/${plural}`, { body });
  expect(reply.status).toBe(201);
  return Number((reply.headers.get("location") ?? "").split("/").at(-1));
}

const names = (data: unknown) => (Array.isArray(data) ? data.map(({ first_name }) => first_name) : []);

test("PUT /api/customers/{id} 200: an imported e-mail address stays as it is, but a wrong one cannot be made of it", async () => {
  const email_address = "mailto:a@b.example?cc=c@d.example";
  const id = await create("customers", { company: "Imported" });
  await api.onDatabases((database) =>
    database.run(sql(`UPDATE customers SET email_address = :email_address WHERE id = :id`), { email_address, id }),
  );
  const { body } = await api.call("PUT", `/api/customers/${id}`, { body: { email_address, city: "Wien" } });
  expect(body.data).toMatchObject({ email_address, city: "Wien" });
  const other = await api.call("PUT", `/api/customers/${id}`, { body: { email_address: `${email_address}.` } });
  expect(other.body.code).toBe("text");
});

test("PUT /api/customers/{id} 422: reverse charge needs a right number of the European Union or Northern Ireland", async () => {
  const id = await create("customers", { company: "C" });
  const made = (vat_id: string) =>
    api.call("PUT", `/api/customers/${id}?dry_run=1`, { body: { tax_treatment: "reverse_charge", vat_id } });
  for (const wrong of ["Z", "XX123", "12345674", "GB980780684", "US 12-3456789", "XI123", "EU372000041", "GR094259216"])
    expect([wrong, (await made(wrong)).body.errors?.map(({ pointer }) => pointer)]).toEqual([wrong, ["#/vat_id"]]);
  for (const right of ["DK 12 34 56 74", "EL094259216", "XI980780684", "de136695976"])
    expect([right, (await made(right)).status]).toEqual([right, 200]);
});

test("PUT /api/customers/{id} 200: a number that was accepted before the rule may stay", async () => {
  const id = await create("customers", { company: "Before", vat_id: "Z" });
  await api.onDatabases((database) =>
    database.run(sql(`UPDATE customers SET tax_treatment = 'reverse_charge' WHERE id = :id`), { id }),
  );
  expect((await api.call("PUT", `/api/customers/${id}`, { body: { city: "Wien" } })).status).toBe(200);
  expect((await api.call("PUT", `/api/customers/${id}`, { body: { vat_id: "Y" } })).status).toBe(422);
});

for (const [singular, plural] of contactResources)
  describe(plural, () => {
    test(`POST /api/${plural} 201, GET 200: every field is returned unchanged and in order`, async () => {
      const body = {
        company: "Naïve & Söhne",
        first_name: "Zoë",
        zip_postal_code: "01099",
        notes: "a\nb",
        web_page: "x#y#",
      };
      const id = await create(plural, body);
      const { status, body: answer } = await api.call("GET", `/api/${plural}/${id}/`);
      expect([status, answer.message]).toEqual([
        200,
        `${singular.charAt(0).toUpperCase()}${singular.slice(1)} retrieved`,
      ]);
      expect(answer.data).toMatchObject({ id, ...body, last_name: null });
      const more =
        singular === "customer" ? ["vat_id", "tax_treatment", "tax_exemption_reason", "shipping_policy"] : [];
      expect(Object.keys(answer.data ?? {})).toEqual([...members, ...more]);
    });

    test(`POST /api/${plural} 422: no name; texts that are too long; an unknown field`, async () => {
      const codes = async (body: object) =>
        (await api.call("POST", `/api/${plural}`, { body })).body.errors?.map(({ code }) => code);
      expect(await codes({ city: "Wien" })).toEqual(["rule"]);
      expect(
        await codes({
          company: "x".repeat(51),
          home_phone: "1".repeat(26),
          zip_postal_code: "1".repeat(16),
          attachments: "",
        }),
      ).toEqual([...["text", "text", "text", "unknown-field"]]);
    });

    test(`POST and PUT /api/${plural} 422: an e-mail address that is not one`, async () => {
      const wrong = [
        ...["nobody", "a@b?cc=c@d.example", "a?cc=b@c.example", "a@b.example,c@d.example", "a@b.example c@d.example"],
        ...[
          "Anna <a@b.example>",
          "a@b.example?subject=x",
          "@b.example",
          "a@",
          "a@b@c",
          "a%0abcc:x@b.example&",
          "a@-b-",
        ],
      ];
      const id = await create(plural, { company: "A", email_address: "anna.o'neil+shop@købmand.example" });
      for (const email_address of wrong)
        for (const [method, path] of [
          ["POST", `/api/${plural}`],
          ["PUT", `/api/${plural}/${id}`],
        ] as const) {
          const { body } = await api.call(method, path, { body: { company: "A", email_address } });
          expect([method, email_address, body.errors]).toEqual([
            ...[method, email_address],
            [
              {
                pointer: "#/email_address",
                code: "text",
                message: "Must be one e-mail address, like anna@example.com.",
              },
            ],
          ]);
        }
      for (const email_address of ["", null, "a@localhost", "a@b.example"])
        expect((await api.call("PUT", `/api/${plural}/${id}`, { body: { email_address } })).status).toBe(200);
    });

    test(`PUT /api/${plural}/{id} 200: absent fields stay unchanged, null clears a field; 404`, async () => {
      const id = await create(plural, { company: "A", city: "B", notes: "C" });
      const { body } = await api.call("PUT", `/api/${plural}/${id}`, { body: { city: null, job_title: "Boss" } });
      expect(body.data).toMatchObject({ company: "A", city: null, job_title: "Boss", notes: "C" });
      expect((await api.call("PUT", `/api/${plural}/99999`, { body: {} })).body.code).toBe("not-found");
    });

    test(`GET /api/${plural} 200: search folds case and accents; pages by id and by name`, async () => {
      for (const first_name of ["Ödön", "odette", "Bo", "Zed"]) await create(plural, { first_name, city: "Pagetown" });
      const get = async (query: string) => (await api.call("GET", `/api/${plural}?${query}`)).body;
      expect(names((await get("q=OD")).data)).toEqual(["Ödön", "odette"]);
      expect(names((await get("q=pagetown&sort=name")).data)).toEqual(["Bo", "odette", "Ödön", "Zed"]);
      for (const sort of ["id", "-id", "name", "-name"]) {
        const unpaged = names((await get(`sort=${sort}`)).data);
        if (sort.startsWith("-"))
          expect(unpaged).toEqual(names((await get(`sort=${sort.slice(1)}`)).data).toReversed());
        const paged: unknown[] = [];
        let cursor: string | null = "";
        while (cursor !== null) {
          const page = await get(`sort=${sort}&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
          paged.push(...names(page.data));
          cursor = page.page?.next_cursor ?? null;
        }
        expect(paged).toEqual(unpaged);
      }
      expect((await api.call("GET", `/api/${plural}?sort=city`)).body.code).toBe("bad-query");
    });

    test(`DELETE /api/${plural}/{id} 200 if nothing refers to it, then 404`, async () => {
      const id = await create(plural, { company: "Gone" });
      expect((await api.call("DELETE", `/api/${plural}/${id}`)).status).toBe(200);
      expect((await api.call("DELETE", `/api/${plural}/${id}`)).status).toBe(404);
    });
  });

describe("DELETE 409 counts the references", () => {
  test("from orders to customers, employees and shippers", async () => {
    const fields: [string, string][] = [
      ["customers", "customer_id"],
      ["employees", "employee_id"],
      ["shippers", "shipper_id"],
    ];
    for (const [plural, field] of fields) {
      const id = await create(plural, { company: "Used" });
      await create("orders", { order_date: "2024-01-15T10:30:00", [field]: id });
      await create("orders", { order_date: "2024-01-15T10:30:00", [field]: id });
      const { status, body } = await api.call("DELETE", `/api/${plural}/${id}`);
      expect([status, body.code, body.errors?.[0]?.message]).toEqual([409, "in-use", "2 orders"]);
    }
  });

  test("from purchase orders and products to suppliers", async () => {
    const id = await create("suppliers", { company: "Used" });
    await create("products", { product_name: "P", supplier_ids: [id] });
    await api.onDatabases((database) => database.run(newPurchaseOrder, { supplier_id: id }));
    const { status, body } = await api.call("DELETE", `/api/suppliers/${id}`);
    expect([status, body.errors?.map(({ message }) => message)]).toEqual([409, ["1 purchase order", "1 product"]]);
  });
});

const newPurchaseOrder = sql(`INSERT INTO purchase_orders (supplier_id) VALUES (:supplier_id)`);

test("text is stored as it is, with its spaces, in all its promised length and on both engines", async () => {
  const body = { company: " Anna\u00a0", city: "", notes: "€".repeat(65_535) };
  const { status, headers } = await api.call("POST", "/api/customers", { body });
  expect(status).toBe(201);
  expect((await api.call("GET", headers.get("location") ?? "")).body.data).toMatchObject(body);
  const tooLong = await api.call("POST", "/api/customers", { body: { ...body, notes: "x".repeat(65_536) } });
  expect([tooLong.status, tooLong.body.errors?.[0]?.pointer]).toEqual([422, "#/notes"]);
});

test("the OpenAPI document says that an e-mail address is one", async () => {
  const { components } = await Bun.file(join(import.meta.dir, "../../openapi.json")).json();
  for (const name of ["CustomerCreate", "EmployeeUpdate", "ShipperCreate", "SupplierUpdate"])
    expect(components.schemas[name].properties.email_address).toMatchObject({ format: "email", maxLength: 50 });
});

test("the OpenAPI document asks a new contact for a name, as the API does", async () => {
  const document: { components: { schemas: Record<string, { anyOf?: readonly { required: string[] }[] }> } } =
    await Bun.file(join(import.meta.dir, "../../openapi.json")).json();
  for (const name of ["CustomerCreate", "EmployeeCreate", "ShipperCreate", "SupplierCreate"])
    expect(document.components.schemas[name]?.anyOf?.map(({ required }) => required)).toEqual([
      ["company"],
      ["first_name"],
      ["last_name"],
    ]);
});
