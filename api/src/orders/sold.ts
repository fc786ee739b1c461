// What an order keeps of its customer and its products: their names, the unit, the billing address and how they were taxed
// when they were sold (docs/decisions/0080-as-sold.md, 0093-tax-classes.md).
import type { DateTime, Decimal, RowOf, Transaction } from "sqlproof";
import { refuseAll } from "../contract/answer.ts";
import type { OrderUpdate } from "./fields.ts";
import {
  buyersByIds,
  lockBuyers,
  lockFreeBuyers,
  lockFreeSoldProducts,
  lockRatesOfClasses,
  lockSoldProducts,
} from "./queries.ts";
import type { OrderRow, WrittenRow } from "./read.ts";
import { missingReference } from "./references.ts";
import { rateAt } from "./taxes.ts";

type Rate = Omit<RowOf<typeof lockRatesOfClasses>, "tax_class">;

/** A product with the rates of its tax class, the newest first. */
export interface Product extends RowOf<typeof lockSoldProducts> {
  readonly rates: readonly Rate[];
}
export type Products = ReadonlyMap<number, Product>;
type Buyer = RowOf<typeof buyersByIds>;
type Buyers = ReadonlyMap<number, Buyer>;

/** The columns of a detail that come from its product. */
export interface SoldProduct
  extends Pick<Product, "product_code" | "product_name" | "quantity_per_unit" | "tax_class"> {
  readonly tax_rate: Decimal | null;
}

/** The columns of an order that come from its customer. */
export type SoldTo = Omit<WrittenRow, keyof OrderRow | "correction_reason" | "shipping_policy">;

/** An order without a customer keeps nothing. */
export const soldToNobody: SoldTo = {
  customer_company: null,
  customer_first_name: null,
  customer_last_name: null,
  billing_address: null,
  billing_city: null,
  billing_state_province: null,
  billing_zip_postal_code: null,
  billing_country_region: null,
  customer_vat_id: null,
  tax_treatment: null,
  tax_exemption_reason: null,
};

/** The records to which writes of orders refer, as they are stored now. */
export interface Known {
  readonly products: Products;
  readonly buyers: Buyers;
  /** In a batch, what another transaction is changing is missing: its write is refused, and then waits alone. */
  readonly isBatch: boolean;
}

type Refers = Pick<OrderUpdate, "customer_id" | "order_details">;

/**
 * Reads the products and customers that these writes name, each once, and locks them until the transaction ends. Runs
 * before everything else in the transaction: a read that locks nothing begins MariaDB's snapshot, and after that a record
 * that changes while its lock is awaited is a conflict (docs/decisions/0098-orders-beside-edits.md).
 */
export async function knownTo(tx: Transaction, bodies: readonly Refers[]): Promise<Known> {
  const isBatch = bodies.length > 1;
  const details = bodies.flatMap(({ order_details = [] }) => order_details);
  const [products, buyers] = await Promise.all([
    productsOf(tx, idsOf(details.map(({ product_id }) => product_id)), isBatch),
    lockedBuyers(tx, idsOf(bodies.map(({ customer_id }) => customer_id)), isBatch),
  ]);
  return { products, buyers, isBatch };
}

/** Adds customers whom an order has already, so that no lock is needed. */
export async function withBuyers(tx: Transaction, known: Known, ids: readonly (number | null)[]): Promise<Known> {
  const missing = idsOf(ids).filter((id) => !known.buyers.has(id));
  if (missing.length === 0) return known;
  return { ...known, buyers: new Map([...known.buyers, ...byId(await tx.all(buyersByIds, { ids: missing }))]) };
}

async function productsOf(tx: Transaction, ids: readonly number[], isBatch: boolean): Promise<Products> {
  if (ids.length === 0) return new Map();
  const products = await tx.all(isBatch ? lockFreeSoldProducts : lockSoldProducts, { ids });
  const tax_classes = new Set(products.flatMap(({ tax_class }) => tax_class ?? []));
  const rates = tax_classes.size === 0 ? [] : await tx.all(lockRatesOfClasses, { tax_classes: [...tax_classes] });
  const byClass = Map.groupBy(rates, ({ tax_class }) => tax_class);
  return byId(products.map((product) => ({ ...product, rates: byClass.get(product.tax_class ?? "") ?? [] })));
}

async function lockedBuyers(tx: Transaction, ids: readonly number[], isBatch: boolean): Promise<Buyers> {
  return ids.length === 0 ? new Map() : byId(await tx.all(isBatch ? lockFreeBuyers : lockBuyers, { ids }));
}

function idsOf(ids: readonly (number | null | undefined)[]): number[] {
  return [...new Set(ids.flatMap((id) => id ?? []))];
}

function byId<T extends { readonly id: number }>(rows: readonly T[]): ReadonlyMap<number, T> {
  return new Map(rows.map((row) => [row.id, row]));
}

/** What a detail of an order of this time takes from its product. */
export function soldProduct(product: Product | undefined, orderedAt: DateTime): SoldProduct {
  // A product that does not exist: the write is refused.
  if (product === undefined) return { ...noNames, tax_class: null, tax_rate: null };
  const { product_code, product_name, quantity_per_unit, tax_class, rates } = product;
  return { product_code, product_name, quantity_per_unit, tax_class, tax_rate: rateAt(rates, orderedAt) };
}

const noNames = { product_code: null, product_name: null, quantity_per_unit: null } as const;

/** What an order keeps of a customer. One who does not exist is refused when the order is written, or in a batch here. */
export function soldTo(customerId: number | null, { buyers, isBatch }: Known): SoldTo {
  if (customerId === null) return soldToNobody;
  const buyer = buyers.get(customerId);
  if (buyer === undefined && isBatch) refuseAll([missingReference("customer_id")]);
  if (buyer === undefined) return soldToNobody;
  return {
    customer_company: buyer.company,
    customer_first_name: buyer.first_name,
    customer_last_name: buyer.last_name,
    billing_address: buyer.address,
    billing_city: buyer.city,
    billing_state_province: buyer.state_province,
    billing_zip_postal_code: buyer.zip_postal_code,
    billing_country_region: buyer.country_region,
    customer_vat_id: buyer.vat_id,
    tax_treatment: buyer.tax_treatment,
    tax_exemption_reason: buyer.tax_exemption_reason,
  };
}

/** The shipping policy of a customer, if they have one. */
export function policyOfBuyer(customerId: number | null, { buyers }: Known): string | null {
  return buyers.get(customerId ?? 0)?.shipping_policy ?? null;
}

/** Whether the order has its customer's name as sold; one that another program wrote has not. */
function isSold({ customer_company, customer_first_name, customer_last_name }: WrittenRow): boolean {
  return customer_company !== null || customer_first_name !== null || customer_last_name !== null;
}

/** The customer from which an update must take the name and address: another one, or one that was not taken yet. */
export function newBuyerOf(before: WrittenRow | undefined, customerId?: number | null): number | null {
  if (before === undefined) return null;
  const after = customerId === undefined ? before.customer_id : customerId;
  return after !== before.customer_id || !isSold(before) ? after : null;
}
