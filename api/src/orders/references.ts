// Whether the records exist that a written order refers to.
import { DatabaseError, type Queryable, type Transaction } from "sqlproof";
import { type Issue, refuseAll } from "../contract/answer.ts";
import type { OrderUpdate } from "./fields.ts";
import { lockEmployees, lockFreeEmployees, lockFreeShippers, lockShippers, missingReferences } from "./queries.ts";

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
  return missing.map(({ field }) => missingReference(field));
}

/** The issue of a field that refers to nothing. */
export function missingReference(field: string): Issue {
  return { pointer: `#/${field}`, code: "reference", message: "Does not exist." };
}

type Handlers = Pick<OrderUpdate, "employee_id" | "shipper_id">;

/**
 * Locks the employees and shippers that changes name, as `knownTo` does with customers. Gives the issues of each change:
 * in a batch, of those whom another transaction is changing as well.
 */
export async function lockHandlers(
  tx: Transaction,
  bodies: readonly Handlers[],
): Promise<(body: Handlers) => readonly Issue[]> {
  const isBatch = bodies.length > 1;
  const lock = async (queries: readonly [typeof lockShippers, typeof lockShippers], field: keyof Handlers) => {
    const ids = [...new Set(bodies.flatMap((body) => body[field] ?? []))];
    const rows = ids.length === 0 ? [] : await tx.all(queries[isBatch ? 1 : 0], { ids });
    return new Set(rows.map(({ id }) => id));
  };
  const [employees, shippers] = await Promise.all([
    lock([lockEmployees, lockFreeEmployees], "employee_id"),
    lock([lockShippers, lockFreeShippers], "shipper_id"),
  ]);
  return ({ employee_id, shipper_id }) => {
    if (!isBatch) return [];
    const issues: Issue[] = [];
    if (employee_id != null && !employees.has(employee_id)) issues.push(missingReference("employee_id"));
    if (shipper_id != null && !shippers.has(shipper_id)) issues.push(missingReference("shipper_id"));
    return issues;
  };
}
