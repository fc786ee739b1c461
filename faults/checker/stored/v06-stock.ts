import { ledgerOf } from "../../database/stock.ts";
import { integer, type Store, text, units } from "../../database/store.ts";
import { amountText } from "../decimal.ts";
import type { Check, Finding } from "../finding.ts";

/** Quantities of entries are positive, and the type decides the sign, except for Adjusted (6). */
const questions = [
  {
    ask: "SELECT id FROM inventory_transactions WHERE quantity < 0 AND transaction_type <> 6",
    say: "Entry",
    words: "moves a negative quantity",
  },
  {
    ask: "SELECT id FROM order_details WHERE quantity < 0 OR allocated < 0 OR shipped < 0 OR invoiced < 0 OR returned < 0",
    say: "Detail",
    words: "has a negative quantity",
  },
  {
    ask: "SELECT id FROM order_details WHERE shipped + allocated > quantity",
    say: "Detail",
    words: "has more shipped and held than was ordered",
  },
  {
    ask: "SELECT id FROM order_details WHERE returned > shipped",
    say: "Detail",
    words: "has more come back than was shipped",
  },
  {
    ask: `SELECT d.id FROM order_details AS d LEFT JOIN (SELECT order_detail_id, SUM(quantity) AS units
      FROM order_return_details GROUP BY order_detail_id) AS r ON r.order_detail_id = d.id
      WHERE d.returned <> COALESCE(r.units, 0)`,
    say: "Detail",
    words: "has another quantity come back than its returns say",
  },
  {
    ask: `SELECT e.id FROM (SELECT order_return_id AS id, order_detail_id, SUM(quantity) AS units
      FROM inventory_transactions WHERE transaction_type = 5 GROUP BY order_return_id, order_detail_id) AS e
      LEFT JOIN (SELECT order_return_id AS id, order_detail_id, SUM(quantity) AS units
      FROM order_return_details GROUP BY order_return_id, order_detail_id) AS r
      ON r.id = e.id AND r.order_detail_id = e.order_detail_id WHERE e.units <> COALESCE(r.units, 0)`,
    say: "Return",
    words: "says another quantity than the ledger took in",
  },
  {
    ask: `SELECT c.id FROM stock_counts AS c JOIN stock_count_details AS d ON d.stock_count_id = c.id
      LEFT JOIN (SELECT stock_count_id, product_id, SUM(quantity) AS units FROM inventory_transactions
      WHERE transaction_type = 6 GROUP BY stock_count_id, product_id) AS e
      ON e.stock_count_id = c.id AND e.product_id = d.product_id
      WHERE COALESCE(e.units, 0) <> CASE WHEN c.status = 'approved' THEN COALESCE(d.counted - d.expected, 0) ELSE 0 END`,
    say: "Count",
    words: "booked another difference than was counted",
  },
  {
    ask: `SELECT d.id FROM order_details AS d JOIN inventory_transactions AS t ON t.id = d.inventory_id
      WHERE t.product_id <> d.product_id`,
    say: "Detail",
    words: "holds stock of another product",
  },
  {
    ask: `SELECT p.id FROM products AS p LEFT JOIN product_stock AS s ON s.product_id = p.id
      WHERE (p.stocked = 1) <> (s.product_id IS NOT NULL)`,
    say: "Product",
    words: "keeps stock without a balance, or has a balance and keeps none",
  },
] as const;

const ledger = `SELECT product_id, transaction_type, SUM(quantity) AS units FROM inventory_transactions
  GROUP BY product_id, transaction_type`;
const held = "SELECT product_id, SUM(allocated) AS units FROM order_details GROUP BY product_id";
/** What customers wait for: what is open in orders that are new, invoiced or without a status. */
const open = `SELECT d.product_id, SUM(d.quantity - d.shipped - d.allocated) AS units
  FROM order_details AS d JOIN orders AS o ON o.id = d.order_id
  WHERE o.status_id IS NULL OR o.status_id IN (0, 1) GROUP BY d.product_id`;

/**
 * V6: the ledger is only added to. For every product whose stock is kept, what is on hand and what is held follow from
 * the ledger, are never below zero, and no more is held than is on hand; the stored balance, what the details hold, and
 * what customers wait for agree.
 */
export const stockAddsUp: Check = async ({ stores: [store], stockAtStart }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V6", words });
  for (const { ask, say: what, words } of questions)
    for (const { id } of await store.rows(ask)) say(`${what} ${text(id)} ${words}.`);
  const now = new Set(await ledgerOf(store));
  for (const line of stockAtStart) if (!now.has(line)) say(`The ledger no longer has this entry as it was: ${line}.`);
  for (const words of await wrongBalances(store)) say(words);
  return findings;
};

async function wrongBalances(store: Store): Promise<readonly string[]> {
  const found: string[] = [];
  const entries = await sums(store, ledger);
  const [ofDetails, waited] = [await sums(store, held), await sums(store, open)];
  for (const row of await store.rows("SELECT * FROM product_stock")) {
    const product = integer(row.product_id);
    const of = (type: number) => entries.get(`${product} ${type}`) ?? 0n;
    const onHand = of(1) + of(5) + of(6) - of(2) - of(4);
    const allocated = of(3) - of(7);
    const say = (words: string) => found.push(`Product ${product} ${words}.`);
    const agree = (what: string, one: bigint, words: string, other: bigint) => {
      if (one !== other) say(`has ${amountText(one)} ${what}, and ${words} ${amountText(other)}`);
    };
    if (onHand < 0n) say(`has a negative stock: ${amountText(onHand)}`);
    if (allocated < 0n) say(`has a negative reservation: ${amountText(allocated)}`);
    if (allocated > onHand) say(`has ${amountText(allocated)} held of ${amountText(onHand)} on hand`);
    agree("on hand", units(row.on_hand), "its ledger makes", onHand);
    agree("held", units(row.allocated), "its ledger makes", allocated);
    agree("held", units(row.allocated), "its order details hold", ofDetails.get(`${product}`) ?? 0n);
    agree("back-ordered", units(row.back_ordered), "customers wait for", waited.get(`${product}`) ?? 0n);
  }
  return found;
}

/** The sums of a question by product, and by the type of the entry where it asks for one. */
async function sums(store: Store, ask: string): Promise<ReadonlyMap<string, bigint>> {
  const rows = await store.rows(ask);
  const key = ({ product_id, transaction_type }: (typeof rows)[number]) =>
    [product_id, transaction_type]
      .filter((cell) => cell !== undefined)
      .map(text)
      .join(" ");
  return new Map(rows.map((row) => [key(row), units(row.units)]));
}
