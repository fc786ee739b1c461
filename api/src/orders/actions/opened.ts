// An order and the stock of its products, locked for an action, and the details that the action is about.
import { type Database, DatabaseError, type Decimal, type Transaction } from "sqlproof";
import type { CurrentCompany } from "../../company/current.ts";
import type { Issue } from "../../contract/answer.ts";
import { toUnits } from "../../contract/decimal.ts";
import type { WriteContext } from "../../contract/write-headers.ts";
import { hasFraction, Ledger } from "../../ledger/ledger.ts";
import { detailsOf, inSeenVersion, orderNotFound } from "../locked.ts";
import { lockOrders } from "../queries.ts";
import type { WrittenOrder } from "../read.ts";
import { productsOfOrder } from "./queries.ts";
import { type SituatedDetail, type Situation, situationOf } from "./situation.ts";

/** An order whose row and stock are locked until the transaction ends. */
export interface Opened {
  readonly order: WrittenOrder;
  readonly ledger: Ledger;
  readonly situation: Situation;
}

/** The request that an action carries out. */
export interface Acting {
  readonly id: number;
  readonly context: WriteContext;
  readonly company: CurrentCompany;
}

/**
 * The products of an order, looked up before the transaction begins: a read in it that locks nothing would begin
 * MariaDB's snapshot, and then a balance that changes while its lock is awaited is a conflict.
 */
export class ProductsOfOrder {
  private constructor(private ids: readonly number[]) {}

  static async of(database: Database, order_id: number): Promise<ProductsOfOrder> {
    const rows = await database.all(productsOfOrder, { order_id });
    return new ProductsOfOrder(rows.flatMap(({ product_id }) => product_id ?? []));
  }

  get all(): readonly number[] {
    return this.ids;
  }

  /** Throws a conflict, so that the transaction is retried, if the order has got other products since. */
  require({ details }: WrittenOrder): void {
    const actual = details.flatMap(({ product_id }) => product_id ?? []);
    if (actual.every((id) => this.ids.includes(id))) return;
    this.ids = actual;
    throw new DatabaseError("conflict", "the order has other products than when its action began");
  }
}

/** Locks an order in the version that the client has seen, then the stock of its products. */
export async function openOrder(
  tx: Transaction,
  { id, context, company }: Acting,
  products: ProductsOfOrder,
): Promise<Opened> {
  const [row] = await tx.all(lockOrders, { ids: [id] });
  if (row === undefined) throw orderNotFound();
  const ledger = await Ledger.open(tx, products.all);
  const found = { row, details: (await detailsOf(tx, [id])).get(id) ?? [] };
  const order = inSeenVersion(found, context, company.currency.minorUnit);
  products.require(order);
  return { order, ledger, situation: await situationOf(tx, order, { company, rights: context.principal.rights }) };
}

/** A detail that a request names, and how much of it; without a quantity as much as possible. */
export interface Chosen {
  readonly detail: SituatedDetail;
  readonly pointer: string;
  readonly quantity: bigint | null;
}

interface Named {
  readonly id: number;
  readonly quantity?: Decimal | undefined;
}

/** The details that a request names, without a list all of them; and what is wrong with the list. */
export function chosenOf(
  given: readonly Named[] | undefined,
  { situation, ledger }: Opened,
): { readonly chosen: readonly Chosen[]; readonly issues: readonly Issue[] } {
  if (given === undefined) {
    const chosen = situation.details.map((detail, place) => ({
      ...{ detail, pointer: `#/order_details/${place}`, quantity: null },
    }));
    return { chosen, issues: [] };
  }
  const issues: Issue[] = [];
  if (given.length === 0) {
    const message = "Names nothing: leave it out for all that is possible.";
    issues.push({ pointer: "#/order_details", code: "rule", message });
  }
  const left = new Map(situation.details.map((detail) => [detail.row.id, detail]));
  const chosen = given.flatMap(({ id, quantity }, place): Chosen[] => {
    const pointer = `#/order_details/${place}`;
    const detail = left.get(id);
    left.delete(id);
    if (detail === undefined) {
      const isTwice = situation.details.some(({ row }) => row.id === id);
      const message = isTwice ? "Is named more than once." : "Is no detail of this order.";
      issues.push({ pointer: `${pointer}/id`, code: "reference", message });
      return [];
    }
    if (quantity !== undefined) issues.push(...quantityIssues(detail, quantity, ledger, `${pointer}/quantity`));
    return [{ detail, pointer, quantity: quantity === undefined ? null : toUnits(quantity) }];
  });
  return { chosen, issues };
}

/** What is wrong with a quantity that a request names. */
export function quantityIssues(
  { row: { product_id } }: SituatedDetail,
  quantity: Decimal,
  ledger: Ledger,
  pointer: string,
): readonly Issue[] {
  if (toUnits(quantity) === 0n) return [{ pointer, code: "rule", message: "Must not be 0." }];
  if (!ledger.keeps(product_id) || ledger.isSoldInFractions(product_id) || !hasFraction(quantity)) return [];
  return [{ pointer, code: "rule", message: "This product is sold in whole pieces only." }];
}
