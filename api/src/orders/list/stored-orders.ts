import { type Database, type DateTime, dateTime, decimal } from "sqlproof";
import { customerQueries } from "../../resources/customers/queries.ts";
import { employeeQueries } from "../../resources/employees/queries.ts";
import { insertProduct } from "../../resources/products/queries.ts";
import { shipperQueries } from "../../resources/shippers/queries.ts";
import { insertDetail, insertOrder } from "../queries.ts";

/* For tests: orders of which no two differ in one thing alone that a filter or a sort could mix up with another. */

/** What LIKE takes for any character, and its escape, are in the words. */
export const words = ["a%a", "b_b", "c!c", "d%d", "e_e"];
export const phone = "４５３３１２";

/** An order as it is stored, and what its filters look at. */
export interface Stored {
  readonly id: number;
  readonly order_date: DateTime | null;
  readonly shipped_date: DateTime | null;
  readonly paid_date: DateTime | null;
  readonly ship_city: string | null;
  readonly ship_country_region: string | null;
  readonly status_id: number | null;
  readonly customer_id: number | null;
  readonly employee_id: number | null;
  readonly shipper_id: number | null;
  readonly text: string;
  /** Of the order, its customer and its products. */
  readonly texts: readonly string[];
  readonly customer: string;
  readonly hasDetail: boolean;
}

const contact = {
  ...{ company: null, last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null, search_text: "" },
};
const contactWithTaxes = {
  ...contact,
  vat_id: null,
  tax_treatment: "domestic",
  tax_exemption_reason: null,
  shipping_policy: null,
};
const product = {
  ...{ product_code: null, product_name: "P", description: null, supplier_ids: null, standard_cost: null },
  ...{ list_price: decimal("1.0000"), reorder_level: null, target_level: null, quantity_per_unit: null },
  ...{ discontinued: false, minimum_reorder_quantity: null, category: null, tax_class: null },
  ...{ stocked: false, sold_in_fractions: false, location: null },
};
const order = {
  ...{ ship_name: null, ship_address: null, ship_state_province: null },
  ...{ ship_zip_postal_code: null, shipping_fee: decimal("0.0000") },
  ...{ taxes: decimal("0.0000"), payment_type: null, notes: null, tax_rate: decimal("0.000000"), tax_status_id: null },
  ...{ customer_company: null, customer_first_name: null, customer_last_name: null, billing_address: null },
  ...{ billing_city: null, billing_state_province: null, billing_zip_postal_code: null, correction_reason: null },
  ...{ billing_country_region: null, customer_vat_id: null, tax_treatment: null, tax_exemption_reason: null },
  shipping_policy: null,
};
const detail = {
  ...{ quantity: decimal("1.0000"), unit_price: decimal("1.0000"), discount: decimal("0.0000"), position: 0 },
  ...{ product_code: null, product_name: "P", quantity_per_unit: null, tax_class: null, tax_rate: null },
  ...{ allocated: decimal("0.0000"), shipped: decimal("0.0000"), invoiced: decimal("0.0000") },
  ...{ status_id: 0, date_allocated: null },
};

/** What an order is about: which word it has where. */
interface Kind {
  readonly role: "nowhere" | "order" | "customer" | "product";
  readonly word: string;
  readonly isDated: boolean;
}

/**
 * For each word an order that lacks it, and three that have it only in the order, its customer or a product; all other
 * words are in the order. Each of them with a date and without. Before them, between them and behind them are orders
 * with all words, and behind them are others without a customer and an employee.
 */
function kindsOfOrders(): Kind[] {
  const roles = ["nowhere", "order", "customer", "product"] as const;
  const kinds = (isDated: boolean) => roles.flatMap((role) => words.map((word) => ({ role, word, isDated })));
  const plain = (isDated: boolean): Kind => ({ role: "order", word: "x", isDated });
  const others = Array.from({ length: 12 }, (_, number) => plain(number % 4 !== 2));
  return [plain(true), ...kinds(true), plain(false), ...kinds(false), ...others];
}

/** No two of the references repeat alike, and the dates are two moments of the filters and one on either side. */
function factsOf({ isDated, word }: Kind, number: number, customer_id: number | null) {
  const moment = (day: number) => dateTime(`2024-01-0${day}T10:30:00`);
  return {
    ...{ status_id: number === 47 ? null : (number >> 1) % 4, customer_id },
    employee_id: number > 50 ? null : (number % 3) + 1,
    shipper_id: number % 2 === 0 ? 1 : 2,
    order_date: isDated ? moment(word === "x" ? ((number + 1) % 4) + 1 : (number % 2) + 2) : null,
    shipped_date: number % 3 === 0 ? null : moment((number % 5) + 1),
    paid_date: number % 4 === 0 ? null : moment((number % 6) + 1),
    ship_city: [null, "aarhus", "bergen"][number % 3] ?? null,
    ship_country_region: ["denmark", null, "norway", "sweden"][number % 4] ?? null,
  };
}

export async function store(db: Database): Promise<Stored[]> {
  const customers = new Map<string, number>();
  // Several customers have no word, and equal names.
  const customerOf = async (name: string, text: string) => {
    const id =
      customers.get(name) ?? (await db.one(customerQueries.insert, { ...contactWithTaxes, search_text: text })).id;
    customers.set(name, id);
    return id;
  };
  // The last of each has no order.
  for (const search_text of ["b", "a", "b", "a"]) await db.one(employeeQueries.insert, { ...contact, search_text });
  for (const search_text of ["b", "b", "a"]) await db.one(shipperQueries.insert, { ...contact, search_text });
  const unsold = (await db.one(insertProduct, { ...product, search_text: "no word" })).id;
  const stored: Stored[] = [];
  for (const [number, kind] of kindsOfOrders().entries()) {
    const { role, word } = kind;
    const others = words.filter((other) => other !== word && word !== "x").join(" ");
    const text = word === "x" ? words.join(" ") : role === "order" ? `${others} ${word}` : others;
    const customer = role === "customer" ? word : number % 3 === 0 ? `call ${phone}` : "none";
    const customer_id =
      number > 48 ? null : await customerOf(role === "customer" ? word : `${customer} ${number % 8 < 4}`, customer);
    const facts = factsOf(kind, number, customer_id);
    const { id } = await db.one(insertOrder, { ...order, ...facts, search_text: text });
    const hasDetail = role === "product" || role === "nowhere";
    const product_id =
      role === "product" ? (await db.one(insertProduct, { ...product, search_text: word })).id : unsold;
    if (hasDetail) await db.run(insertDetail, { ...detail, order_id: id, product_id });
    const texts = [text, ...(customer_id === null ? [] : [customer]), ...(role === "product" ? [word] : [])];
    stored.push({ id, ...facts, text, texts, customer: customer_id === null ? "" : customer, hasDetail });
  }
  await customerOf("without orders", "none");
  return stored;
}
