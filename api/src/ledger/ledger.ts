// The ledger of the stock: entries that are only ever added, and the balances that follow from them. Whatever moves goods
// opens the ledger for its products, moves them in memory, and writes entries and balances at the end of its transaction.
import { lacking } from "northwind-schema/stock-levels";
import type { DateTime, Decimal, RowOf, Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../contract/answer.ts";
import { fromUnits, quantityText, toUnits } from "../contract/decimal.ts";
import { insertEntry, lockBalances, lockLevels, writeBalance, writeQuantities } from "./queries.ts";

/** The ids of `inventory_transaction_types`; the first four are those of Access. */
export const entryType = { purchased: 1, sold: 2, hold: 3, waste: 4, returned: 5, adjusted: 6, released: 7 } as const;

/** What caused an entry: who it was, and the document that it belongs to. */
export interface Cause {
  readonly principal: string;
  readonly order_id?: number | null;
  readonly order_detail_id?: number | null;
  readonly purchase_order_id?: number | null;
  readonly purchase_order_detail_id?: number | null;
  readonly shipment_id?: number | null;
  readonly order_return_id?: number | null;
  readonly stock_count_id?: number | null;
  /** Why, in somebody's words. */
  readonly comments?: string | null;
}

type Levels = RowOf<typeof lockLevels>;

/** The quantities of a product in units (ten-thousandths). */
export interface Balance {
  onHand: bigint;
  allocated: bigint;
  onOrder: bigint;
  backOrdered: bigint;
}

interface Entry {
  readonly product_id: number;
  readonly transaction_type: number;
  readonly units: bigint;
  readonly cause: () => Cause;
}

/** What one quantity of a product grew by. */
interface BalanceChange {
  readonly product: number;
  readonly quantity: keyof Balance;
  readonly units: bigint;
}

/** The stock of some products, locked until the transaction ends. Quantities are in units. */
export class Ledger {
  readonly #entries: Entry[] = [];
  readonly #changes: BalanceChange[] = [];

  private constructor(
    private readonly levels: ReadonlyMap<number, Levels>,
    private readonly stored: ReadonlyMap<number, Pick<RowOf<typeof lockBalances>, "to_reorder" | "low">>,
    private readonly balances: ReadonlyMap<number, Balance>,
  ) {}

  /** Locks the balances of these products. Whoever holds one of them is waited for: it holds all that it needs. */
  static async open(tx: Transaction, ids: readonly number[]): Promise<Ledger> {
    const wanted = [...new Set(ids)].sort((a, b) => a - b);
    const levels = wanted.length === 0 ? [] : await tx.all(lockLevels, { ids: wanted });
    const kept = levels.map(({ id }) => id);
    const rows = kept.length === 0 ? [] : await tx.all(lockBalances, { ids: kept });
    return new Ledger(
      new Map(levels.map((level) => [level.id, level])),
      new Map(rows.map((row) => [row.product_id, row])),
      new Map(
        rows.map(({ product_id, on_hand, allocated, on_order, back_ordered }) => [
          product_id,
          {
            onHand: toUnits(on_hand),
            allocated: toUnits(allocated),
            onOrder: toUnits(on_order),
            backOrdered: toUnits(back_ordered),
          },
        ]),
      ),
    );
  }

  /** Whether the stock of the product is kept. */
  keeps(product: number | null): product is number {
    return product !== null && this.levels.has(product);
  }

  /** Whether the product is also sold in fractions of a piece. */
  isSoldInFractions(product: number): boolean {
    return this.levels.get(product)?.sold_in_fractions === true;
  }

  /** What can be held for somebody: on hand and not held already. */
  available(product: number): bigint {
    const { onHand, allocated } = this.balance(product);
    return onHand - allocated;
  }

  balance(product: number): Readonly<Balance> {
    return this.#of(product);
  }

  hold(product: number, units: bigint, cause: () => Cause): void {
    this.#change(product, "allocated", units);
    this.#add(product, entryType.hold, units, cause);
  }

  release(product: number, units: bigint, cause: () => Cause): void {
    this.#change(product, "allocated", -units);
    this.#add(product, entryType.released, units, cause);
  }

  /** Goods that were held leave the house. */
  sell(product: number, units: bigint, cause: () => Cause): void {
    this.release(product, units, cause);
    this.#change(product, "onHand", -units);
    this.#add(product, entryType.sold, units, cause);
  }

  /** Goods come in from a supplier, who owed them. */
  receive(product: number, units: bigint, owed: bigint, cause: () => Cause): void {
    this.#change(product, "onHand", units);
    this.#change(product, "onOrder", -owed);
    this.#add(product, entryType.purchased, units, cause);
  }

  /** Goods come back from a customer. */
  takeBack(product: number, units: bigint, cause: () => Cause): void {
    this.#change(product, "onHand", units);
    this.#add(product, entryType.returned, units, cause);
  }

  /** Goods are broken, spoiled or gone. */
  waste(product: number, units: bigint, cause: () => Cause): void {
    this.#change(product, "onHand", -units);
    this.#add(product, entryType.waste, units, cause);
  }

  /** There is more or less than the ledger says: `units` may be negative. */
  adjust(product: number, units: bigint, cause: () => Cause): void {
    this.#change(product, "onHand", units);
    this.#add(product, entryType.adjusted, units, cause);
  }

  /** What suppliers owe changes; no goods move. */
  changeOnOrder(product: number, units: bigint): void {
    this.#change(product, "onOrder", units);
  }

  /** What customers wait for changes; no goods move. */
  changeBackOrdered(product: number, units: bigint): void {
    this.#change(product, "backOrdered", units);
  }

  /** What `move` would give; nothing stays moved. */
  withoutEffect<T>(move: () => T): T {
    const changes = this.#changes.length;
    const entries = this.#entries.length;
    try {
      return move();
    } finally {
      for (const { product, quantity, units } of this.#changes.splice(changes)) this.#of(product)[quantity] -= units;
      this.#entries.length = entries;
    }
  }

  /** Writes the entries and the balances. The causes are asked now: rows that the transaction made have their ids. */
  async write(tx: Transaction, now: DateTime): Promise<void> {
    const moved = [...new Set(this.#changes.map(({ product }) => product))].sort((a, b) => a - b);
    refuseAll(moved.flatMap((product) => countIssues(product, Object.values(this.#of(product)))));
    const entries = this.#entries.map((entry) => entryRow(entry, now));
    if (entries.length > 0) await tx.runMany(insertEntry, entries);
    const reordered: ({ product_id: number } & BalanceRow)[] = [];
    const others: ({ product_id: number } & Omit<BalanceRow, "to_reorder" | "low">)[] = [];
    for (const product_id of moved) {
      const levels = this.levels.get(product_id);
      if (levels === undefined) continue;
      const { to_reorder, low, ...quantities } = balanceRow(this.#of(product_id), levels);
      const stored = this.stored.get(product_id);
      if (stored?.to_reorder === to_reorder && stored.low === low) others.push({ product_id, ...quantities });
      else reordered.push({ product_id, ...quantities, to_reorder, low });
    }
    if (reordered.length > 0) await tx.runMany(writeBalance, reordered);
    if (others.length > 0) await tx.runMany(writeQuantities, others);
  }

  #of(product: number): Balance {
    const balance = this.balances.get(product);
    if (balance === undefined) throw new Error(`the stock of product ${product} is not open`);
    return balance;
  }

  #change(product: number, quantity: keyof Balance, units: bigint): void {
    this.#of(product)[quantity] += units;
    if (units !== 0n) this.#changes.push({ product, quantity, units });
  }

  #add(product_id: number, transaction_type: number, units: bigint, cause: () => Cause): void {
    if (units !== 0n) this.#entries.push({ product_id, transaction_type, units, cause });
  }
}

/**
 * A hundred billion pieces: far less than can be stored, so that what follows from several balances can be stored as
 * well, and the sum of thousands of such entries be computed.
 */
const mostUnits = 10n ** 15n;

/** What is wrong with quantities of a product that are beyond what is counted. */
export function countIssues(product: number, units: readonly bigint[], pointer = "#"): readonly Issue[] {
  if (units.every((one) => one <= mostUnits)) return [];
  const message = `More than ${quantityText(mostUnits)} of product ${product} cannot be counted.`;
  return [{ pointer, code: "range", message }];
}

/** The row of an entry. Its cause is asked for once. */
function entryRow({ product_id, transaction_type, units, cause }: Entry, created_date: DateTime) {
  const caused = cause();
  // Written out: an order has many entries, and copies of copies cost more than everything else here.
  return {
    product_id,
    transaction_type,
    created_date,
    quantity: fromUnits(units),
    principal: caused.principal,
    order_id: caused.order_id ?? null,
    order_detail_id: caused.order_detail_id ?? null,
    purchase_order_id: caused.purchase_order_id ?? null,
    purchase_order_detail_id: caused.purchase_order_detail_id ?? null,
    shipment_id: caused.shipment_id ?? null,
    order_return_id: caused.order_return_id ?? null,
    stock_count_id: caused.stock_count_id ?? null,
    comments: caused.comments ?? null,
  };
}

type BalanceRow = ReturnType<typeof balanceRow>;

/** The row of a balance, with what is to be reordered. */
export function balanceRow(
  { onHand, allocated, onOrder, backOrdered }: Balance,
  levels: Pick<Levels, "reorder_level" | "target_level" | "minimum_reorder_quantity">,
) {
  const { low, missing } = lacking(onHand - allocated + onOrder - backOrdered, levels);
  return {
    on_hand: fromUnits(onHand),
    allocated: fromUnits(allocated),
    on_order: fromUnits(onOrder),
    back_ordered: fromUnits(backOrdered),
    low,
    to_reorder: fromUnits(missing),
  };
}

/** Whether the quantity is a fraction of a piece, or some pieces and a fraction. */
export function hasFraction(quantity: Decimal): boolean {
  return !quantity.endsWith(".0000");
}
