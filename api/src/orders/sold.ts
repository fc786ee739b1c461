// What an order keeps of its customer and its products: their names, the unit, the billing address and how they were taxed
// when they were sold (docs/decisions/0080-as-sold.md, 0093-tax-classes.md).
import type { DateTime, Decimal, Queryable, RowOf } from "sqlproof";
import { buyersByIds, ratesOfClasses, soldProducts } from "./queries.ts";
import type { OrderRow, WrittenRow } from "./read.ts";
import { rateAt } from "./taxes.ts";

type Rate = Omit<RowOf<typeof ratesOfClasses>, "tax_class">;

/** A product with the rates of its tax class, the newest first. */
export interface Product extends RowOf<typeof soldProducts> {
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
export type SoldTo = Omit<WrittenRow, keyof OrderRow | "correction_reason">;

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

/** The products that these details name. */
async function productsOf(db: Queryable, given: readonly { readonly product_id?: number | null }[]): Promise<Products> {
  const ids = new Set<number>();
  for (const { product_id = null } of given) if (product_id !== null) ids.add(product_id);
  if (ids.size === 0) return new Map();
  const products = await db.all(soldProducts, { ids: [...ids] });
  const tax_classes = new Set(products.flatMap(({ tax_class }) => tax_class ?? []));
  const rates = tax_classes.size === 0 ? [] : await db.all(ratesOfClasses, { tax_classes: [...tax_classes] });
  const byClass = Map.groupBy(rates, ({ tax_class }) => tax_class);
  return new Map(
    products.map((product) => [product.id, { ...product, rates: byClass.get(product.tax_class ?? "") ?? [] }]),
  );
}

/** The customers with these ids. */
async function buyersOf(db: Queryable, customerIds: readonly (number | null | undefined)[]): Promise<Buyers> {
  const ids = new Set<number>();
  for (const id of customerIds) if (id != null) ids.add(id);
  if (ids.size === 0) return new Map();
  return new Map((await db.all(buyersByIds, { ids: [...ids] })).map((buyer) => [buyer.id, buyer]));
}

/** The products and customers that a batch of writes refers to. */
export interface Known {
  readonly products: Products;
  readonly buyers: Buyers;
}

/** Reads them, each once. */
export async function knownTo(
  db: Queryable,
  details: Parameters<typeof productsOf>[1],
  customerIds: Parameters<typeof buyersOf>[1],
): Promise<Known> {
  const [products, buyers] = await Promise.all([productsOf(db, details), buyersOf(db, customerIds)]);
  return { products, buyers };
}

/** What a detail of an order of this time takes from its product. */
export function soldProduct(product: Product | undefined, orderedAt: DateTime): SoldProduct {
  // A product that does not exist: the write is refused.
  if (product === undefined) return { ...noNames, tax_class: null, tax_rate: null };
  const { product_code, product_name, quantity_per_unit, tax_class, rates } = product;
  return { product_code, product_name, quantity_per_unit, tax_class, tax_rate: rateAt(rates, orderedAt) };
}

const noNames = { product_code: null, product_name: null, quantity_per_unit: null } as const;

/** What an order keeps of a customer. */
export function soldTo(customerId: number | null, buyers: Buyers): SoldTo {
  const buyer = customerId === null ? undefined : buyers.get(customerId);
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

/** Whether the order has its customer's name as sold; one that another program wrote has not. */
function isSold({ customer_company, customer_first_name, customer_last_name }: WrittenRow): boolean {
  return customer_company !== null || customer_first_name !== null || customer_last_name !== null;
}

/** The customer from which an update must take the name and address: another one, or one that was not taken yet. */
export function newBuyerOf(before: WrittenRow, customerId: number | null | undefined): number | null {
  const after = customerId === undefined ? before.customer_id : customerId;
  return after !== before.customer_id || !isSold(before) ? after : null;
}
