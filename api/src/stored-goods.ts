/*
 * For tests: goods and what moves them, stored past the API, so that a test decides on every column. What it does not
 * name is nothing.
 */
import { type Database, type Decimal, dateTime, decimal, type Query } from "sqlproof";
import { insertEntry, writeBalance } from "./ledger/queries.ts";
import { insertDetail, insertOrder } from "./orders/queries.ts";
import { takeBackDetail } from "./orders/returns/queries.ts";
import { insertPurchaseDetail, insertPurchaseOrder, receivePurchaseDetail } from "./purchasing/queries.ts";
import { customerQueries } from "./resources/customers/queries.ts";
import { insertProduct, insertSupplierOfProduct } from "./resources/products/queries.ts";
import { supplierQueries } from "./resources/suppliers/queries.ts";

type Given<Q> = Q extends Query<infer P, infer _> ? Partial<P> : never;

/** So many pieces, as they are stored. */
export const pieces = (count: number): Decimal => decimal(`${count}.0000`);
export const noon = (day: number) => dateTime(`2024-01-0${day}T12:00:00`);

const none = pieces(0);

/** A contact of which nothing is known. */
export const contact = {
  ...{ company: null, last_name: null, first_name: null, email_address: null, job_title: null, business_phone: null },
  ...{ home_phone: null, mobile_phone: null, fax_number: null, address: null, city: null, state_province: null },
  ...{ zip_postal_code: null, country_region: null, web_page: null, notes: null, search_text: "" },
};

export async function storeCustomer(db: Database, given: Given<typeof customerQueries.insert>): Promise<number> {
  const taxes = { vat_id: null, tax_treatment: "domestic", tax_exemption_reason: null, shipping_policy: null };
  return (await db.one(customerQueries.insert, { ...contact, ...taxes, ...given })).id;
}

export async function storeSupplier(db: Database, given: Given<typeof supplierQueries.insert>): Promise<number> {
  return (await db.one(supplierQueries.insert, { ...contact, ...given })).id;
}

export async function storeProduct(db: Database, given: Given<typeof insertProduct> = {}): Promise<number> {
  const product = {
    ...{ product_code: null, product_name: null, description: null, supplier_ids: null, standard_cost: null },
    ...{ list_price: none, reorder_level: null, target_level: null, quantity_per_unit: null, discontinued: false },
    ...{ minimum_reorder_quantity: null, category: null, tax_class: null, search_text: "", stocked: true },
    ...{ sold_in_fractions: false, location: null },
  };
  return (await db.one(insertProduct, { ...product, ...given })).id;
}

/** The balance of a product, in place of another one that it has. */
export async function storeBalance(db: Database, product_id: number, given: Given<typeof writeBalance>) {
  const balance = { on_hand: none, allocated: none, on_order: none, back_ordered: none, to_reorder: none, low: false };
  await db.run(writeBalance, { ...balance, ...given, product_id });
}

export async function storeSeller(db: Database, given: Given<typeof insertSupplierOfProduct>): Promise<void> {
  await db.run(insertSupplierOfProduct, {
    ...{ product_id: 0, supplier_id: 0, position: 1, unit_cost: null, supplier_product_code: null },
    ...{ pack_quantity: pieces(1), minimum_quantity: none, lead_time_days: null, ...given },
  });
}

export async function storeOrder(db: Database, given: Given<typeof insertOrder> = {}): Promise<number> {
  const order = {
    ...{ employee_id: null, customer_id: null, order_date: noon(1), shipped_date: null, shipper_id: null },
    ...{ ship_name: null, ship_address: null, ship_city: null, ship_state_province: null, ship_zip_postal_code: null },
    ...{ ship_country_region: null, shipping_fee: none, taxes: none, payment_type: null, paid_date: null, notes: null },
    ...{ tax_rate: decimal("0.000000"), tax_status_id: null, status_id: 0, search_text: "", correction_reason: null },
    ...{ customer_company: null, customer_first_name: null, customer_last_name: null, billing_address: null },
    ...{ billing_city: null, billing_state_province: null, billing_zip_postal_code: null, customer_vat_id: null },
    ...{ billing_country_region: null, tax_treatment: null, tax_exemption_reason: null, shipping_policy: null },
  };
  return (await db.one(insertOrder, { ...order, ...given })).id;
}

/** A detail of an order. On a new database they are numbered from 1. */
export async function storeDetail(db: Database, given: Given<typeof insertDetail>): Promise<void> {
  await db.run(insertDetail, {
    ...{ order_id: 0, product_id: null, quantity: none, unit_price: none, discount: none, position: 0 },
    ...{ product_code: null, product_name: null, quantity_per_unit: null, tax_class: null, tax_rate: null },
    ...{ allocated: none, shipped: none, invoiced: none, status_id: 0, date_allocated: null, ...given },
  });
}

export const storeReturned = (db: Database, id: number, returned: Decimal) => db.run(takeBackDetail, { id, returned });

export async function storePurchase(db: Database, given: Given<typeof insertPurchaseOrder> = {}): Promise<number> {
  const purchase = {
    ...{ supplier_id: null, created_by: null, submitted_date: null, creation_date: null, status_id: 0 },
    ...{ expected_date: null, shipping_fee: none, taxes: none, payment_date: null, payment_amount: null },
    ...{ payment_method: null, notes: null, approved_by: null, approved_date: null, submitted_by: null },
    ...{ submitted_principal: null, approved_principal: null, closed_date: null },
  };
  return (await db.one(insertPurchaseOrder, { ...purchase, ...given })).id;
}

/** A detail of a purchase order, of which so much has come in. `id` is its place among all that were stored. */
export async function storePurchaseDetail(
  db: Database,
  id: number,
  { received, ...given }: Given<typeof insertPurchaseDetail> & { readonly received?: Decimal },
): Promise<void> {
  await db.run(insertPurchaseDetail, {
    ...{ purchase_order_id: 0, product_id: null, quantity: none, unit_cost: none, position: 0, order_detail_id: null },
    ...given,
  });
  if (received !== undefined)
    await db.run(receivePurchaseDetail, { id, received, date_received: null, posted_to_inventory: false });
}

/** An entry of the ledger. On a new database they are numbered from 1. */
export async function storeEntry(db: Database, given: Given<typeof insertEntry>): Promise<void> {
  await db.run(insertEntry, {
    ...{ transaction_type: 6, created_date: noon(1), product_id: 0, quantity: none, comments: null, principal: null },
    ...{ order_id: null, order_detail_id: null, purchase_order_id: null, purchase_order_detail_id: null },
    ...{ shipment_id: null, order_return_id: null, stock_count_id: null, ...given },
  });
}
