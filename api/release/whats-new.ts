import { deflateSync } from "node:zlib";
import type { Client } from "./client.ts";

/** A PNG of one grey pixel. */
function smallPng(): Buffer {
  const chunk = (type: string, content: Uint8Array) => {
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    const named = Buffer.concat([Buffer.from(type), content]);
    sum.writeUInt32BE(Bun.hash.crc32(named));
    return Buffer.concat([length, named, sum]);
  };
  const head = Buffer.from("00000001000000010802000000", "hex");
  const pixels = deflateSync(Buffer.from("00606060", "hex"));
  const parts = [chunk("IHDR", head), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))];
  return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), ...parts]);
}

/**
 * Writes what the version before could not have written, into every table that has come since. The next release
 * replaces this by what is new in it, with a client that has the token of the release before, if there is one. Gives the
 * token of a user who may read everything, or null if the one before still may.
 */
export async function useEverythingNew(client: Client): Promise<string | null> {
  await describeCompany(client);
  await sell(client);
  await client.send("POST", "/api/session/first-user", {
    email_address: "ana@northwind.example",
    name: "Ana",
    password: "correct horse battery",
  });
  await client.send("POST", "/api/users", {
    email_address: "leo@northwind.example",
    name: "Leo",
    roles: ["order-clerk"],
  });
  await client.send("PUT", "/api/account/preferences", {
    theme: "dark",
    locale: "es",
    order_views: [{ name: "Tea", path: "/orders?q=tea" }],
  });
  await client.send("POST", "/api/account/totp", {});
  const { token } = await client.send("POST", "/api/tokens", { name: "released" });
  return String(token);
}

async function describeCompany(client: Client): Promise<void> {
  await client.send("PUT", "/api/company", {
    name: "Havnegade Handel ApS",
    city: "København",
    currency: "EUR",
    time_zone: "Europe/Copenhagen",
    vat_id: "DK 12 34 56 74",
    payment_days: 14,
  });
  await client.send("PUT", "/api/company/logo", smallPng(), { "content-type": "image/png" });
}

/** An order with two tax classes, one for a customer who pays no taxes, one that is closed, and one that is deleted. */
async function sell(client: Client): Promise<void> {
  for (const [tax_class, tax_rate] of [
    ["Standard", "0.25"],
    ["Reduced", "0.08425"],
  ])
    await client.send("POST", "/api/tax_rates", { tax_class, valid_from: "2020-01-01", tax_rate });
  await client.send("PUT", "/api/products/1", { tax_class: "Standard" });
  await client.send("PUT", "/api/products/2", { tax_class: "Reduced" });
  const exempt = { tax_treatment: "exempt", tax_exemption_reason: "Resale" };
  await client.send("PUT", "/api/customers/2", exempt);
  const lines = [
    { product_id: 2, quantity: "3", unit_price: "29.95", discount: "0.1" },
    { product_id: 1, quantity: 10, unit_price: "18.00" },
  ];
  const order = (customer_id: number) => ({
    ...{ customer_id, employee_id: 1, order_date: "2026-11-20T10:30:00", tax_status_id: 1 },
    ...{ shipper_id: 1, ship_name: "Anna Meyer", ship_address: "Hirschstraße 7", ship_zip_postal_code: "89073" },
    ...{ ship_city: "Ulm", ship_country_region: "Germany", order_details: lines },
  });
  const key = { "idempotency-key": `"${crypto.randomUUID()}"` };
  const { id } = await client.send("POST", "/api/orders", order(1), key);
  await client.send("POST", "/api/orders", order(2));
  const other = await client.send("POST", "/api/orders", order(3));
  await client.send("DELETE", `/api/orders/${other.id}`, {});
  await client.send("PUT", `/api/orders/${id}`, { status_id: 1 });
}

/** What is read back: nothing of it depends on when the release was made. */
export const readPaths: readonly string[] = [
  "/api/orders",
  ...[1, 2, 3, 4, 12, 13, 14, 15].map((id) => `/api/orders/${id}`),
  "/api/orders?status_id=1&sort=-id",
  ...["/api/customers", "/api/employees", "/api/products", "/api/suppliers", "/api/shippers", "/api/tax_rates"],
  ...["/api/company", "/api/users"],
];
