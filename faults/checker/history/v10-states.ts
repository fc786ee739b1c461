import { text } from "../../database/store.ts";
import { members, numberOr, parsed } from "../../load/json.ts";
import type { Check, Finding } from "../finding.ts";
import { orders } from "../table.ts";
import { answersOf, described, nameOf, versionOf, writesOf } from "../writes.ts";

const shipped = 2;

/** V10: New, Invoiced, Shipped, Closed, never back; once invoiced, an order keeps details, customer and employee. */
export const states: Check = async ({ stores, journal }) => {
  const findings: Finding[] = [];
  const say = (words: string) => findings.push({ invariant: "V10", words });
  const [store] = stores;
  for (const { id, status_id } of await store.rows(
    "SELECT id, status_id FROM orders WHERE status_id NOT BETWEEN 0 AND 3",
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
      if (next < status) say(`${name} went from status ${status} back to ${next} at version ${version}.`);
      status = next;
    }
  }
  for (const write of writesOf(journal)) {
    if (write.table !== orders || write.action !== "delete" || write.outcome.kind !== "acknowledged") continue;
    const named = (byOrder.get(nameOf(write)) ?? []).find(({ version }) => version === versionOf(write.entry.ifMatch));
    if (named !== undefined && numberOr(named.data.get("status_id"), 0) >= shipped)
      say(`${described(write)} was acknowledged although the order was shipped.`);
  }
  for (const row of await store.rows(
    "SELECT resource_id, sequence, before_state, after_state FROM audit_log WHERE resource = 'order'",
  ))
    for (const words of brokenStep(text(row.before_state), row.after_state === null ? null : text(row.after_state)))
      say(`Order ${text(row.resource_id)}, change ${text(row.sequence)}: ${words}`);
  return findings;
};

function brokenStep(beforeText: string, afterText: string | null): readonly string[] {
  if (beforeText === "") return [];
  const before = members(parsed(beforeText));
  const status = numberOr(before.get("status_id"), 0);
  if (afterText === null) return status >= shipped ? ["it was deleted although it was shipped."] : [];
  const after = members(parsed(afterText));
  const next = numberOr(after.get("status_id"), 0);
  const found = next < status ? [`it went from status ${status} back to ${next}.`] : [];
  if (status === 0) return found;
  for (const field of ["customer_id", "employee_id", "order_details"])
    if (JSON.stringify(before.get(field)) !== JSON.stringify(after.get(field)))
      found.push(`${field} changed after the invoice.`);
  return found;
}
