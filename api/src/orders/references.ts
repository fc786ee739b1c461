// Whether the records exist that a written order refers to.
import { DatabaseError, type Queryable, type Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../contract/answer.ts";
import type { OrderUpdate } from "./fields.ts";
import { missingReferences } from "./queries.ts";

type Fields = Omit<OrderUpdate, "order_details">;

/** Throws when there are issues, and then names the references that do not exist as well. */
export async function refuseWithReferences(tx: Transaction, fields: Fields, issues: readonly Issue[]): Promise<void> {
  if (issues.length > 0) refuseAll([...(await referenceIssues(tx, fields)), ...issues]);
}

/**
 * A write whose references the engine checks. Only if it refuses the write of a single order are they looked up here; in
 * a batch the engine does not say whose reference is wrong, so each write is retried alone.
 */
export async function withReferencesChecked<T>(
  tx: Transaction,
  orders: readonly { fields: Fields }[],
  write: Promise<T>,
): Promise<T> {
  try {
    return await write;
  } catch (error) {
    const [only, ...others] = orders;
    if (only !== undefined && others.length === 0 && error instanceof DatabaseError && error.kind === "foreign-key")
      refuseAll(await referenceIssues(tx, only.fields));
    throw error;
  }
}

/** An issue for each written reference that does not exist. */
export async function referenceIssues(db: Queryable, fields: Fields): Promise<Issue[]> {
  const { customer_id = null, employee_id = null, shipper_id = null, tax_status_id = null, status_id = null } = fields;
  const asked = { customer_id, employee_id, shipper_id, tax_status_id, status_id };
  if (Object.values(asked).every((id) => id === null)) return [];
  const missing = await db.all(missingReferences, asked);
  return missing.map(({ field }) => ({ pointer: `#/${field}`, code: "reference", message: "Does not exist." }));
}
