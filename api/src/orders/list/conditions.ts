/* What a list can be filtered by, as fragments of its queries: `o` is the order, and null leaves a filter out. */

export const statusFilter = `(:status_id::integer? IS NULL OR o.status_id = :status_id)`;
export const customerFilter = `(:customer_id::integer? IS NULL OR o.customer_id = :customer_id)`;
export const employeeFilter = `(:employee_id::integer? IS NULL OR o.employee_id = :employee_id)`;
export const shipperFilter = `(:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)`;
export const datesFilter = `(:first::datetime? IS NULL OR o.order_date >= :first)
  AND (:last::datetime? IS NULL OR o.order_date <= :last)`;

/** A text is searched for in the order and in its customer. */
export const textFilter = `(:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!'
  OR o.id = :searched_id::integer?
  OR (SELECT c.search_text FROM customers c WHERE c.id = o.customer_id) LIKE :pattern ESCAPE '!')`;

/** The filters by a number. */
export const idFilters = `${statusFilter} AND ${customerFilter} AND ${employeeFilter} AND ${shipperFilter}`;

/** The orders between two moments. */
export const inDates = `o.order_date >= :first::datetime AND o.order_date <= :last::datetime`;
