import { sql } from "northwind-schema/sql";
import { customerFilter, datesFilter, employeeFilter, inDates, shipperFilter } from "../list/conditions.ts";

/*
 * Orders per status. As for the pages of a list, there is one query for each filter that an index leads with; the
 * status itself is never a filter here.
 *
 * Scans customers: a text is searched for in every customer, of whom there are a hundred times fewer than orders.
 * Scans products: and in every product, of which there are fewer still.
 * Without a text nothing is scanned.
 */

const counted = `o.status_id, COUNT(*) AS orders FROM orders o`;
const byStatus = `GROUP BY o.status_id ORDER BY o.status_id`;
/** The orders with a word in a product are found first, by the index of the products' details. */
const sold1 = `o.id IN (SELECT d.order_id FROM products p CROSS JOIN order_details d
  WHERE d.product_id = p.id AND p.search_text LIKE :word1::text? ESCAPE '!')`;
const sold2 = `o.id IN (SELECT d.order_id FROM products p CROSS JOIN order_details d
  WHERE d.product_id = p.id AND p.search_text LIKE :word2::text? ESCAPE '!')`;
const sold3 = `o.id IN (SELECT d.order_id FROM products p CROSS JOIN order_details d
  WHERE d.product_id = p.id AND p.search_text LIKE :word3::text? ESCAPE '!')`;
const sold4 = `o.id IN (SELECT d.order_id FROM products p CROSS JOIN order_details d
  WHERE d.product_id = p.id AND p.search_text LIKE :word4::text? ESCAPE '!')`;
const sold5 = `o.id IN (SELECT d.order_id FROM products p CROSS JOIN order_details d
  WHERE d.product_id = p.id AND p.search_text LIKE :word5::text? ESCAPE '!')`;
/** So are the customers with a word: reading the customer of each order that is counted would cost more. */
const word2 = `(:word2::text? IS NULL OR o.search_text LIKE :word2 ESCAPE '!'
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :word2 ESCAPE '!') OR ${sold2})`;
const word3 = `(:word3::text? IS NULL OR o.search_text LIKE :word3 ESCAPE '!'
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :word3 ESCAPE '!') OR ${sold3})`;
const word4 = `(:word4::text? IS NULL OR o.search_text LIKE :word4 ESCAPE '!'
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :word4 ESCAPE '!') OR ${sold4})`;
const word5 = `(:word5::text? IS NULL OR o.search_text LIKE :word5 ESCAPE '!'
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :word5 ESCAPE '!') OR ${sold5})`;
const textFilter = `(:word1::text? IS NULL OR o.id = :searched_id::integer?
  OR ((o.search_text LIKE :word1 ESCAPE '!'
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :word1 ESCAPE '!') OR ${sold1})
    AND ${word2} AND ${word3} AND ${word4} AND ${word5})
  OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :phone::text? ESCAPE '!'))`;

/** Scans orders: all are counted, by the index on status alone; the reporter's thread does it and caches the answer. */
export const countByStatus = sql(`SELECT ${counted} ${byStatus}`);

export const countByStatusInDates = sql(`SELECT ${counted} WHERE ${inDates} ${byStatus}`);

export const countByStatusOfCustomer = sql(`
  SELECT ${counted} WHERE o.customer_id = :customer_id::integer
    AND ${employeeFilter} AND ${shipperFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

export const countByStatusOfEmployee = sql(`
  SELECT ${counted} WHERE o.employee_id = :employee_id::integer
    AND ${customerFilter} AND ${shipperFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

export const countByStatusOfShipper = sql(`
  SELECT ${counted} WHERE o.shipper_id = :shipper_id::integer
    AND ${customerFilter} AND ${employeeFilter} AND ${datesFilter} AND ${textFilter}
  ${byStatus}
`);

/** Scans orders: any of them may have the text; the reporter's thread reads them and caches the answer. */
export const countByStatusOfSome = sql(`SELECT ${counted} WHERE ${textFilter} AND ${datesFilter} ${byStatus}`);

/** Scans orders: all of them, where each filter leaves very many; the reporter's thread does it and caches the answer. */
export const countByStatusOfMore = sql(`
  SELECT ${counted} WHERE ${customerFilter} AND ${employeeFilter} AND ${shipperFilter} AND ${datesFilter}
    AND ${textFilter}
    AND (:no_customer::integer? IS NULL OR :no_customer = 0 OR o.customer_id IS NULL)
    AND (:no_employee::integer? IS NULL OR :no_employee = 0 OR o.employee_id IS NULL)
    AND (:no_shipper::integer? IS NULL OR :no_shipper = 0 OR o.shipper_id IS NULL)
    AND (:is_shipped::integer? IS NULL OR (o.shipped_date IS NOT NULL) = :is_shipped)
    AND (:is_paid::integer? IS NULL OR (o.paid_date IS NOT NULL) = :is_paid)
    AND (:shipped_first::datetime? IS NULL OR o.shipped_date >= :shipped_first)
    AND (:shipped_last::datetime? IS NULL OR o.shipped_date <= :shipped_last)
    AND (:paid_first::datetime? IS NULL OR o.paid_date >= :paid_first)
    AND (:paid_last::datetime? IS NULL OR o.paid_date <= :paid_last)
    AND (:country::text? IS NULL OR o.ship_country_key = :country)
  ${byStatus}
`);
