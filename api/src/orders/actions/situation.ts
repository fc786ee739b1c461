// What decides about the actions of an order, beside its own columns.
import type { Queryable } from "sqlproof";
import type { MinorUnit } from "../../company/currency.ts";
import type { CurrentCompany } from "../../company/current.ts";
import { toUnits, zero } from "../../contract/decimal.ts";
import { policyOf, type ShippingPolicy } from "../../ledger/policies.ts";
import type { Right } from "../../rights/rights.ts";
import { orderReferences, removalOfDetails } from "../queries.ts";
import type { DetailRow, OrderRow, StoredOrder } from "../read.ts";
import { status } from "../rules.ts";
import { openOf, type Quantities, quantitiesOf } from "../stock/quantities.ts";
import { balancesOfProducts, validInvoices } from "../stock/queries.ts";
import { owedOfPurchases, policiesOfOrder, sellersOfProducts } from "./queries.ts";

/** A detail with its quantities, and with what there is of its product. */
export interface SituatedDetail {
  readonly row: DetailRow;
  readonly quantities: Quantities;
  /** Neither shipped nor held. */
  readonly open: bigint;
  readonly isStocked: boolean;
  /** What could be held; 0 where no stock is kept. */
  readonly available: bigint;
  /** What is open of it and not there either. */
  readonly lacking: bigint;
  /** A purchase order that was made for it still owes goods. */
  readonly isOwed: boolean;
  /** Its product is short and discontinued: no more of it is bought. */
  readonly isDiscontinued: boolean;
  /** Somebody is known who sells it. */
  readonly isSold: boolean;
  /** It is known what it costs. */
  readonly hasCost: boolean;
}

/** An order as its actions see it. */
export interface Situation {
  readonly order: OrderRow;
  readonly details: readonly SituatedDetail[];
  /** It never had details: clients of the original know none, and move such orders on. */
  readonly isNeverDetailed: boolean;
  readonly references: {
    readonly invoices: number;
    readonly inventory_transactions: number;
    readonly shipments: number;
    readonly order_returns: number;
  };
  readonly policy: ShippingPolicy;
  /** Goods are shipped before they are invoiced, and invoiced with it. */
  readonly invoicesOnShipment: boolean;
  /** What its invoices ask for together, if more of it is still to be invoiced. */
  readonly asked: bigint;
  readonly minorUnit: MinorUnit;
  /** Whether who asks sees amounts. */
  readonly seesPrices: boolean;
}

/** Who asks what may be done with an order, and by the settings of which company. */
export interface Asker {
  readonly company: Pick<CurrentCompany, "currency" | "terms">;
  readonly rights: ReadonlySet<Right>;
}

/** Reads the situation of an order. Nothing is locked. */
export async function situationOf(db: Queryable, stored: StoredOrder, { company, rights }: Asker): Promise<Situation> {
  const { row, details } = stored;
  const { id } = row;
  const { terms } = company;
  const product_ids = [...new Set(details.flatMap(({ product_id }) => product_id ?? []))];
  const balances = product_ids.length === 0 ? [] : await db.all(balancesOfProducts, { product_ids });
  const available = new Map(
    balances.map(({ product_id, on_hand, allocated }) => [product_id, toUnits(on_hand) - toUnits(allocated)]),
  );
  const situated = await withLacking(
    db,
    details.map((detail) => situatedIn(detail, available)),
  );
  const policies = await db.maybe(policiesOfOrder, { id });
  const references = await db.one(orderReferences, { id });
  return {
    order: row,
    details: situated,
    isNeverDetailed: details.length === 0 && (await db.maybe(removalOfDetails, { id })) === null,
    references: {
      invoices: references.invoices ?? 0,
      inventory_transactions: references.inventory_transactions ?? 0,
      shipments: references.shipments ?? 0,
      order_returns: references.order_returns ?? 0,
    },
    policy: policyOf(policies?.of_order, policies?.of_customer, terms.shipping_policy),
    invoicesOnShipment: terms.invoicing_policy === "on-shipment",
    asked: await askedFor(db, stored),
    minorUnit: company.currency.minorUnit,
    seesPrices: rights.has("see-prices"),
  };
}

/** Reads nothing where no part is invoiced, or where all is. */
async function askedFor(db: Queryable, { row, details }: StoredOrder): Promise<bigint> {
  const isInPart = details.some(({ invoiced }) => invoiced !== zero);
  if (!isInPart || (row.status_id ?? status.new) !== status.new) return 0n;
  return toUnits((await db.one(validInvoices, { order_id: row.id })).amount_due ?? zero);
}

type Short = Omit<SituatedDetail, "lacking" | "isOwed" | "isDiscontinued" | "isSold" | "hasCost">;

function situatedIn(row: DetailRow, available: ReadonlyMap<number, bigint>): Short {
  const quantities = quantitiesOf(row);
  const ofProduct = row.product_id === null ? undefined : available.get(row.product_id);
  return {
    ...{ row, quantities, open: openOf(quantities) },
    ...{ isStocked: ofProduct !== undefined, available: ofProduct ?? 0n },
  };
}

/** What lacks of each detail, and whether it can be bought. Reads nothing where nothing lacks. */
async function withLacking(db: Queryable, details: readonly Short[]): Promise<readonly SituatedDetail[]> {
  const left = new Map<number, bigint>();
  const lacking = details.map(({ row: { product_id }, open, isStocked, available }) => {
    if (product_id === null || !isStocked || open <= 0n) return 0n;
    const there = left.get(product_id) ?? (available < 0n ? 0n : available);
    left.set(product_id, there > open ? there - open : 0n);
    return open > there ? open - there : 0n;
  });
  const short = details.filter((_, place) => (lacking[place] ?? 0n) > 0n).map(({ row }) => row);
  const ids = [...new Set(short.flatMap(({ purchase_order_id }) => purchase_order_id ?? []))];
  const product_ids = [...new Set(short.flatMap(({ product_id }) => product_id ?? []))];
  const owed = ids.length === 0 ? [] : await db.all(owedOfPurchases, { ids });
  const sellers = product_ids.length === 0 ? [] : await db.all(sellersOfProducts, { product_ids });
  return details.map((detail, place) => {
    const { purchase_order_id, product_id } = detail.row;
    const isOwed = owed.some((one) => one.purchase_order_id === purchase_order_id && one.product_id === product_id);
    const seller = sellers.find((one) => one.product_id === product_id);
    const isSold = seller !== undefined && seller.supplier_id !== null;
    const hasCost = isSold && (seller.unit_cost ?? seller.standard_cost) !== null;
    const isDiscontinued = seller?.discontinued ?? false;
    return { ...detail, lacking: lacking[place] ?? 0n, isOwed, isDiscontinued, isSold, hasCost };
  });
}
