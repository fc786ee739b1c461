import { text } from "../../database/store.ts";
import { members, numberOr, parsed, textOr } from "../../load/json.ts";
import type { Check, Finding } from "../finding.ts";
import { isMadeHere, type Question, wrongRows } from "./ask.ts";

const tolerance = "(SELECT MAX(over_receipt_tolerance) FROM company)";
const [approved, cancelled] = [2, 4];

const questions: readonly Question[] = [
  {
    ask: `SELECT d.id FROM purchase_order_details AS d
      WHERE ${isMadeHere("purchase_order", "d.purchase_order_id")} AND ${tolerance} = 0 AND d.received > d.quantity`,
    what: "Purchase detail",
    words: "has more received than was ordered",
  },
  {
    ask: `SELECT d.id FROM purchase_order_details AS d JOIN purchase_orders AS p ON p.id = d.purchase_order_id
      WHERE d.received > 0 AND p.status_id IN (0, ${cancelled}) AND ${isMadeHere("purchase_order", "p.id")}`,
    what: "Purchase detail",
    words: "has something received, and its purchase order was never approved or is cancelled",
  },
  {
    ask: `SELECT d.id FROM purchase_order_details AS d WHERE ${isMadeHere("purchase_order", "d.purchase_order_id")}
      AND (d.posted_to_inventory = 1) <> (d.received >= d.quantity)`,
    what: "Purchase detail",
    words: "is marked as complete and is not, or the other way round",
  },
];

/** V19: nothing comes in but on an approved purchase order, nor more than was ordered; nobody approves their own. */
export const purchases: Check = async ({ stores: [store] }) => {
  const findings: Finding[] = [...(await wrongRows(store, "V19", questions))];
  const changes = await store.rows(`SELECT resource_id, sequence, before_state, after_state FROM audit_log
    WHERE resource = 'purchase_order' AND before_state IS NOT NULL ORDER BY resource_id, sequence`);
  for (const { resource_id, sequence, before_state, after_state } of changes) {
    const [before, after] = [members(parsed(text(before_state))), members(parsed(text(after_state)))];
    for (const words of wrongChange(before, after))
      findings.push({
        invariant: "V19",
        words: `Purchase order ${text(resource_id)}, change ${text(sequence)}: ${words}`,
      });
  }
  return findings;
};

type State = ReadonlyMap<string, unknown>;

function wrongChange(before: State, after: State): readonly string[] {
  const status = numberOr(before.get("status_id"), 0);
  const found: string[] = [];
  if (received(before) !== received(after) && status !== approved)
    found.push(`goods came in while its status was ${status}.`);
  const isApproved = status !== approved && numberOr(after.get("status_id"), 0) === approved;
  const [submitter, approver] = ["submitted_principal", "approved_principal"].map((name) =>
    textOr(after.get(name), ""),
  );
  if (isApproved && submitter === approver && submitter !== "local")
    found.push(`${approver} approved what ${submitter} submitted.`);
  return found;
}

function received(state: State): string {
  const details = state.get("purchase_order_details");
  const list: readonly unknown[] = Array.isArray(details) ? details : [];
  return list
    .flatMap((detail) => {
      const row = members(detail);
      return Number(textOr(row.get("received"), "0")) > 0
        ? [`${row.get("id")} ${textOr(row.get("received"), "")}`]
        : [];
    })
    .join();
}
