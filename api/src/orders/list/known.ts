import type { Database } from "sqlproof";
import { refuseFilters } from "../../contract/query-parameters.ts";
import { missingReferences } from "../queries.ts";
import type { Filters } from "./request.ts";

/**
 * Refuses an empty list whose filter names somebody or a status that does not exist: 404. A list with orders need not
 * be checked, because all that its orders refer to exists.
 */
export async function refuseUnknown(db: Database, filters: Filters): Promise<void> {
  const { customer_id, employee_id, shipper_id, status_id } = filters;
  if (customer_id === null && employee_id === null && shipper_id === null && status_id === null) return;
  const asked = { customer_id, employee_id, shipper_id, status_id, tax_status_id: null };
  refuseFilters(await db.all(missingReferences, asked));
}
