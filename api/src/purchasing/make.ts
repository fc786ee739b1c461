// Purchase orders that follow from what lacks: one for each supplier.

import type { Decimal, Transaction } from "sqlproof";
import { addDays } from "../company/business-time.ts";
import { refuseAll } from "../contract/answer.ts";
import type { Ledger } from "../ledger/ledger.ts";
import { planDetails, type WantedDetail } from "./lines.ts";
import type { StoredPurchaseOrder } from "./read.ts";
import { amountIssues, type Buyer, employeeOf, emptyHeader, storePurchaseOrder, submittedBy } from "./write.ts";

/** Something that is bought from a supplier. */
export interface Wanted {
  readonly supplier_id: number;
  readonly detail: WantedDetail & { readonly product_id: number; readonly quantity: Decimal };
  readonly unit_cost: Decimal;
  readonly lead_time_days: number | null;
}

/** How purchase orders are made. */
export interface Making {
  readonly ledger: Ledger;
  /** They are submitted at once. */
  readonly submit: boolean;
  readonly notes: string | null;
}

/** Makes one purchase order for each supplier, in the order of their ids. The ledger is left to the caller to write. */
export async function makePurchases(
  tx: Transaction,
  wanted: readonly Wanted[],
  { ledger, submit, notes }: Making,
  { company, principal }: Buyer,
): Promise<readonly StoredPurchaseOrder[]> {
  const employee = await employeeOf(tx, principal);
  const now = company.now();
  const bySupplier = [...Map.groupBy(wanted, ({ supplier_id }) => supplier_id)].sort(([a], [b]) => a - b);
  const planned = bySupplier.map(([supplier_id, lines]) => {
    const costs = new Map(lines.map(({ detail, unit_cost }) => [detail.product_id, unit_cost]));
    const plan = planDetails(
      [],
      lines.map(({ detail }) => detail),
      { ledger, costs },
    );
    const days = lines.flatMap(({ lead_time_days }) => lead_time_days ?? []);
    const header = {
      ...{ ...emptyHeader, supplier_id, notes, creation_date: now, created_by: employee },
      expected_date: days.length === 0 ? null : addDays(now, Math.max(...days)),
      ...(submit ? submittedBy(principal, employee, company) : {}),
    };
    return { header, plan };
  });
  refuseAll(
    planned.flatMap(({ header, plan }) =>
      [...plan.issues, ...amountIssues(header, plan, company)].map((issue) => ({ ...issue, pointer: "#" })),
    ),
  );
  const made: StoredPurchaseOrder[] = [];
  for (const { header, plan } of planned) made.push(await storePurchaseOrder(tx, null, header, { plan, ledger }));
  return made;
}
