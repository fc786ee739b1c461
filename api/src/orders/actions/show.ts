// An order as one who asks for it sees it, with what that one may do with it.
import type { Queryable } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import type { Right } from "../../rights/rights.ts";
import type { Order } from "../fields.ts";
import { type Includes, type StoredOrder, withIncludesOf } from "../read.ts";
import { reportedActions } from "./conditions.ts";
import { situationOf } from "./situation.ts";

/** Whose order is shown, and to whom. */
export interface Asker {
  readonly company: Pick<CurrentCompany, "currency" | "terms">;
  readonly rights: ReadonlySet<Right>;
}

/** A stored order with its includes, `actions` among them. */
export async function shownOrderTo(
  db: Queryable,
  stored: StoredOrder,
  wanted: Includes,
  { company, rights }: Asker,
): Promise<Order> {
  const order = await withIncludesOf(db, stored, wanted, company.currency.minorUnit);
  if (!wanted.has("actions")) return order;
  return { ...order, actions: reportedActions(await situationOf(db, stored, company.terms), rights) };
}
