import { text } from "../../database/store.ts";
import { listOf, members, numberOr, parsed } from "../../load/json.ts";
import type { Check, Finding } from "../finding.ts";
import { orders } from "../table.ts";
import { answersOf, described, nameOf, versionOf, writesOf } from "../writes.ts";

const [shipped, cancelled] = [2, 4];

/**
 * V10: New, Invoiced, Shipped, Closed, never back; only what is not shipped is cancelled, and only what is cancelled is
 * new again. Once invoiced, an order keeps customer and employee and what is sold in its details.
 */
export const states: Check = async ({ stores, journal }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V10", words });
  const [store] = stores;
  for (const { id, status_id } of await store.rows(
    "SELECT id, status_id FROM orders WHERE status_id NOT BETWEEN 0 AND 4",
  ))
    say(`Order ${text(id)} has the status ${text(status_id)}, which does not exist.`);
  const byOrder = Map.groupBy(
    answersOf(journal).filter(({ table }) => table === orders),
    nameOf,
  );
  for (const [name, answers] of byOrder) {
    let status = 0;
    for (const { data, version } of answers.toSorted((a, b) => a.version - b.version)) {
      const next = numberOr(data.get("status_id"), 0);
      for (const words of wrongStep(status, next)) say(`${name} ${words} at version ${version}.`);
      status = next;
    }
  }
  for (const write of writesOf(journal)) {
    if (write.table !== orders || write.action !== "delete" || write.outcome.kind !== "acknowledged") continue;
    const named = (byOrder.get(nameOf(write)) ?? []).find(({ version }) => version === versionOf(write.entry.ifMatch));
    if (named !== undefined && isGone(numberOr(named.data.get("status_id"), 0)))
      say(`${described(write)} was acknowledged although the order was shipped.`);
  }
  for (const row of await store.rows(
    "SELECT resource_id, sequence, before_state, after_state FROM audit_log WHERE resource = 'order'",
  ))
    for (const words of brokenStep(text(row.before_state), row.after_state === null ? null : text(row.after_state)))
      say(`Order ${text(row.resource_id)}, change ${text(row.sequence)}: ${words}`);
  return findings;
};

/** What is wrong with a step; an order may have taken several between two answers, but none that leads back. */
function wrongStep(from: number, to: number): readonly string[] {
  if (to === cancelled) return isGone(from) ? [`went from status ${from} to ${to}`] : [];
  return to < from && from !== cancelled ? [`went from status ${from} back to ${to}`] : [];
}

/** Whether the goods of an order have left the house. */
function isGone(status: number): boolean {
  return status >= shipped && status !== cancelled;
}

function brokenStep(beforeText: string, afterText: string | null): readonly string[] {
  if (beforeText === "") return [];
  const before = members(parsed(beforeText));
  const status = numberOr(before.get("status_id"), 0);
  if (afterText === null) return isGone(status) ? ["it was deleted although it was shipped."] : [];
  const after = members(parsed(afterText));
  const next = numberOr(after.get("status_id"), 0);
  const found = wrongStep(status, next).map((words) => `it ${words}.`);
  if (status === cancelled && next !== cancelled && next !== 0) found.push(`it was reopened in status ${next}.`);
  if (status === 0 || status === cancelled) return found;
  for (const field of ["customer_id", "employee_id"])
    if (JSON.stringify(before.get(field)) !== JSON.stringify(after.get(field)))
      found.push(`${field} changed after the invoice.`);
  if (sold(before) !== sold(after)) found.push("order_details changed after the invoice.");
  return found;
}

/** What is sold; how much of it is held, shipped and invoiced follows from the steps. */
function sold(order: ReadonlyMap<string, unknown>): string {
  const names = ["id", "product_id", "quantity", "unit_price", "discount"];
  return JSON.stringify(
    listOf(order.get("order_details")).map((line) => names.map((name) => members(line).get(name) ?? null)),
  );
}
