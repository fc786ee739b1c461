import type { Company, Json, JsonObject } from "./company.ts";

/** What an order keeps of its customer. */
const keptOfCustomer = [
  ...["company", "first_name", "last_name"],
  ...["address", "city", "state_province", "zip_postal_code", "country_region"],
];
/** What a detail keeps of its product. */
const keptOfProduct = ["product_code", "product_name", "quantity_per_unit"];

function picked(names: readonly string[], from: JsonObject | undefined): JsonObject {
  return Object.fromEntries(names.map((name) => [name, from?.[name] ?? null]));
}

/** Name and billing address of a customer as they are now. */
export function soldTo(company: Company, customerId: Json | undefined): JsonObject {
  const row = typeof customerId === "number" ? company.rows.customers.get(customerId) : undefined;
  return picked(keptOfCustomer, row?.fields);
}

/** Code, name and unit of a product as they are now. */
export function soldProduct(company: Company, productId: Json | undefined): JsonObject {
  const row = typeof productId === "number" ? company.rows.products.get(productId) : undefined;
  return picked(keptOfProduct, row?.fields);
}

/** Whether any name of the customer was kept; without one, an order shows the customer as it is now. */
export function isSold({ company, first_name, last_name }: JsonObject): boolean {
  return [company, first_name, last_name].some((name) => name !== null);
}

/** What a detail shows of its product: what it kept, or the product as it is now if it kept no name. */
export function shownProduct(company: Company, detail: JsonObject): JsonObject {
  return detail.product_name === null ? soldProduct(company, detail.product_id) : picked(keptOfProduct, detail);
}
