import type { Company, Json, JsonObject } from "./company.ts";

/** What an order keeps of its customer. */
const keptOfCustomer = [
  ...["company", "first_name", "last_name"],
  ...["address", "city", "state_province", "zip_postal_code", "country_region"],
  ...["vat_id", "tax_treatment", "tax_exemption_reason"],
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

/** The tax class of a product now, with its rate on the day of an order. */
export function taxedProduct(company: Company, productId: Json | undefined, orderDate: Json | undefined): JsonObject {
  const row = typeof productId === "number" ? company.rows.products.get(productId) : undefined;
  const tax_class = row?.fields.tax_class ?? null;
  return { tax_class, tax_rate: rateOn(company, tax_class, orderDate) };
}

/** The newest rate of a class that has begun on that day; before its first one has, the first one. */
function rateOn(company: Company, taxClass: Json, orderDate: Json | undefined): Json {
  const isDated = typeof orderDate === "string" && orderDate !== "clock";
  const day = (isDated ? orderDate : new Date().toISOString()).slice(0, 10);
  const rates = company
    .all("tax_rates")
    .map(({ fields }) => fields)
    .filter(({ tax_class }) => tax_class === taxClass)
    .sort((one, other) => (String(one.valid_from) < String(other.valid_from) ? -1 : 1));
  const begun = rates.filter(({ valid_from }) => String(valid_from) <= day);
  return (begun.at(-1) ?? rates[0])?.tax_rate ?? null;
}

/** Whether any name of the customer was kept; without one, an order shows the customer as it is now. */
export function isSold({ company, first_name, last_name }: JsonObject): boolean {
  return [company, first_name, last_name].some((name) => name !== null);
}

/** What a detail shows of its product: what it kept, or the product as it is now if it kept no name. */
export function shownProduct(company: Company, detail: JsonObject): JsonObject {
  return detail.product_name === null ? soldProduct(company, detail.product_id) : picked(keptOfProduct, detail);
}
