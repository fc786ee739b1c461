import { type Cells, integer, text, units } from "../../database/store.ts";
import { detailsOf } from "../../load/journal.ts";
import { amountText, unitsOf } from "../decimal.ts";
import type { Check, Finding } from "../finding.ts";
import { orders } from "../table.ts";
import { described, ordersShownIn, type Write, writesOf } from "../writes.ts";

const orphans = {
  "order detail": "SELECT id FROM order_details WHERE order_id NOT IN (SELECT id FROM orders)",
  invoice: "SELECT id FROM invoices WHERE order_id IS NULL OR order_id NOT IN (SELECT id FROM orders)",
  "stock movement": `SELECT id FROM inventory_transactions
    WHERE customer_order_id IS NOT NULL AND customer_order_id NOT IN (SELECT id FROM orders)`,
} as const;

/** Details behind all others have no place of their own. */
const sharedPlaces = `SELECT order_id, position FROM order_details WHERE position <> 32767
  GROUP BY order_id, position HAVING COUNT(*) > 1`;

/** V5: no two details of an order at one place, no order without its details, no detail without its order, no orphaned invoice. */
export const completeOrders: Check = async ({ stores, journal }) => {
  const [store] = stores;
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V5", harm: "partial", words });
  for (const [what, question] of Object.entries(orphans))
    for (const { id } of await store.rows(question)) say(`The ${what} ${text(id)} belongs to no order.`);
  for (const { order_id, position } of await store.rows(sharedPlaces))
    say(`Several details of order ${text(order_id)} have the place ${text(position)}.`);
  const lines = Map.groupBy(await store.rows("SELECT * FROM order_details"), ({ order_id }) => integer(order_id));
  const rows = await store.rows("SELECT id, version, notes FROM orders");
  for (const { id, notes } of rows) {
    const promised = promisedLines(notes);
    const count = lines.get(integer(id))?.length ?? 0;
    if (promised !== null && count !== promised)
      say(`Order ${text(id)} has ${count} details, its last write left ${promised}: ${text(notes)}.`);
  }
  const versions = new Map(rows.map(({ id, version }) => [integer(id), integer(version)]));
  for (const write of writesOf(journal)) {
    if (write.table !== orders || write.id === null || write.outcome.kind !== "acknowledged") continue;
    if (versions.get(write.id) !== write.version) continue;
    const words = otherLines(write, lines.get(write.id) ?? []);
    if (words !== null) say(`${described(write)} ${words}`);
  }
  for (const { number, outcome } of journal)
    for (const order of ordersShownIn(outcome)) {
      const promised = promisedLines(order.get("notes"));
      const shown = detailsOf(order)?.length ?? promised;
      if (promised === null || shown === promised) continue;
      // The database may be complete: the answer was put together from two states.
      const words = `Entry ${number} saw ${shown} details of order ${text(order.get("id"))}, which had ${promised}.`;
      findings.push({ invariant: "V5", words });
    }
  return findings;
};

/** Every write that may change the details says in `notes` how many there must be: `key|number`. */
function promisedLines(notes: unknown): number | null {
  const promised = /^[0-9a-z]+\.[0-9a-z]+-[^|]+\|([0-9]+)$/.exec(text(notes))?.[1];
  return promised === undefined ? null : Number(promised);
}

/** How the stored details differ from those that were sent, or null. */
function otherLines({ body }: Write, stored: readonly Cells[]): string | null {
  const sent = detailsOf(body);
  if (sent === null) return null;
  const wanted = sent.map((line) => amountText(unitsOf(line.get("quantity")) ?? 0n)).sort();
  const found = stored.map((line) => amountText(units(line.quantity))).sort();
  return wanted.join() === found.join() ? null : `sent quantities ${wanted}, and the order has ${found}.`;
}
