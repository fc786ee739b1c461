import type { Transaction } from "sqlproof";
import type { MinorUnit } from "../../company/currency.ts";
import type { Change } from "../../writes/audit/record.ts";
import { requireVersions } from "../../writes/preconditions.ts";
import { raiseVersion } from "../queries.ts";
import { auditedOrder, type DetailRow, type WrittenOrder } from "../read.ts";

/** An order with the details that a write left it, whose version was not raised. */
export interface RewrittenOrder {
  readonly before: WrittenOrder;
  readonly details: readonly DetailRow[];
}

/**
 * The changes of rewritten orders, and of those that got goods after that. An order that is both has one entry in its
 * history and one new version; the versions of the others are raised here.
 */
export async function mergedChanges(
  tx: Transaction,
  rewritten: readonly RewrittenOrder[],
  filled: readonly Change[],
  minorUnit: MinorUnit,
): Promise<readonly Change[]> {
  const got = new Map(filled.map((change) => [change.id, change]));
  const raised = rewritten.filter(({ before: { row } }) => !got.has(row.id));
  const versions = raised.map(({ before: { row } }) => ({ id: row.id, version: row.version }));
  if (versions.length > 0) requireVersions(await tx.runMany(raiseVersion, versions), versions.length);
  const own = rewritten.map(({ before, details }): Change => {
    const { id, version } = before.row;
    const states = { resource: "order", id, before: auditedOrder(before, minorUnit) } as const;
    const change = got.get(id);
    if (change !== undefined) return { ...change, ...states };
    const row = { ...before.row, version: version + 1 };
    return { ...states, version: row.version, after: auditedOrder({ row, details }, minorUnit) };
  });
  const ids = new Set(own.map(({ id }) => id));
  return [...own, ...filled.filter(({ id }) => !ids.has(id))];
}
