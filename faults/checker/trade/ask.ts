import { type Store, text } from "../../database/store.ts";
import type { Finding, Invariant } from "../finding.ts";

/** A question for rows that must not be there, and what each of them means. */
export interface Question {
  /** Selects the `id` of each row that is wrong. */
  readonly ask: string;
  /** What the id is of, and what is wrong with it: `Detail 7 has ..`. */
  readonly what: string;
  readonly words: string;
}

/** One finding for each row that must not be there. */
export async function wrongRows(
  store: Store,
  invariant: Invariant,
  questions: readonly Question[],
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const { ask, what, words } of questions)
    for (const { id } of await store.rows(ask)) findings.push({ invariant, words: `${what} ${text(id)} ${words}.` });
  return findings;
}

/** Whether an order, or a purchase order, was made by this program: others wrote neither ledger nor documents. */
export function isMadeHere(resource: "order" | "purchase_order", id: string): string {
  return `EXISTS (SELECT 1 FROM audit_log AS a
    WHERE a.resource = '${resource}' AND a.resource_id = ${id} AND a.sequence = 1 AND a.action = 'create')`;
}

/** Whether the stock of a product is kept. */
export function isStocked(product: string): string {
  return `EXISTS (SELECT 1 FROM product_stock AS k WHERE k.product_id = ${product})`;
}
