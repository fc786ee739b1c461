// What decides about the actions of an order, beside its own columns.
import type { Queryable } from "sqlproof";
import type { TradeTerms } from "../../company/current.ts";
import { toUnits } from "../../contract/decimal.ts";
import { policyOf, type ShippingPolicy } from "../../ledger/policies.ts";
import { orderReferences, removalOfDetails } from "../queries.ts";
import type { DetailRow, OrderRow, StoredOrder } from "../read.ts";
import { openOf, type Quantities, quantitiesOf } from "../stock/quantities.ts";
import { balancesOfProducts, policiesOfOrder } from "./queries.ts";

/** A detail with its quantities, and with what there is of its product. */
export interface SituatedDetail {
  readonly row: DetailRow;
  readonly quantities: Quantities;
  /** Neither shipped nor held. */
  readonly open: bigint;
  readonly isStocked: boolean;
  /** What could be held; 0 where no stock is kept. */
  readonly available: bigint;
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
}

type Terms = Pick<TradeTerms, "shipping_policy" | "invoicing_policy">;

/** Reads the situation of an order. Nothing is locked. */
export async function situationOf(db: Queryable, { row, details }: StoredOrder, terms: Terms): Promise<Situation> {
  const { id } = row;
  const product_ids = [...new Set(details.flatMap(({ product_id }) => product_id ?? []))];
  const balances = product_ids.length === 0 ? [] : await db.all(balancesOfProducts, { product_ids });
  const available = new Map(
    balances.map(({ product_id, on_hand, allocated }) => [product_id, toUnits(on_hand) - toUnits(allocated)]),
  );
  const policies = await db.maybe(policiesOfOrder, { id });
  const references = await db.one(orderReferences, { id });
  return {
    order: row,
    details: details.map((detail) => situated(detail, available)),
    isNeverDetailed: details.length === 0 && (await db.maybe(removalOfDetails, { id })) === null,
    references: {
      invoices: references.invoices ?? 0,
      inventory_transactions: references.inventory_transactions ?? 0,
      shipments: references.shipments ?? 0,
      order_returns: references.order_returns ?? 0,
    },
    policy: policyOf(policies?.of_order, policies?.of_customer, terms.shipping_policy),
    invoicesOnShipment: terms.invoicing_policy === "on-shipment",
  };
}

function situated(row: DetailRow, available: ReadonlyMap<number, bigint>): SituatedDetail {
  const quantities = quantitiesOf(row);
  const ofProduct = row.product_id === null ? undefined : available.get(row.product_id);
  return {
    ...{ row, quantities, open: openOf(quantities) },
    ...{ isStocked: ofProduct !== undefined, available: ofProduct ?? 0n },
  };
}
