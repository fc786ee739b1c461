import { sql } from "northwind-schema/sql";
import { customerFilter, datesFilter, employeeFilter, shipperFilter } from "../list/conditions.ts";

/*
 * Orders per status. One query per filter that an index leads with, as for the pages of a list; the status itself is
 * never a filter here.
 *
 * Scans customers: a text is looked for in every customer, who are a hundred times fewer than orders; without one
 * nothing is.
 */

/** Scans orders: all are counted, from the index on status alone; the reporter's thread does it and keeps it. */
export const countByStatus = sql(`
  SELECT status_id, COUNT(*) AS orders FROM orders GROUP BY status_id ORDER BY status_id
`);

export const countByStatusInDates = sql(`
  SELECT status_id, COUNT(*) AS orders FROM orders
  WHERE order_date >= :first::datetime AND order_date <= :last::datetime
  GROUP BY status_id ORDER BY status_id
`);

const counted = `SELECT o.status_id, COUNT(*) AS orders FROM orders o`;
const byStatus = `GROUP BY o.status_id ORDER BY o.status_id`;
/** Customers with the text are found first: all orders are counted, and many have the same customer. */
const textFilter = `(:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :pattern ESCAPE '!'))`;

export const countByStatusOfCustomer = sql(`
  ${counted} WHERE o.customer_id = :customer_id::integer
    AND ${employeeFilter} AND ${shipperFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

export const countByStatusOfEmployee = sql(`
  ${counted} WHERE o.employee_id = :employee_id::integer
    AND ${customerFilter} AND ${shipperFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

export const countByStatusOfShipper = sql(`
  ${counted} WHERE o.shipper_id = :shipper_id::integer
    AND ${customerFilter} AND ${employeeFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

/** Scans orders: any of them may have the text; the reporter's thread reads them, and the answer is cached. */
export const countByStatusOfSome = sql(`${counted} WHERE ${textFilter} AND ${datesFilter} ${byStatus}`);
