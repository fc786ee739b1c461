import { sql } from "northwind-schema/sql";

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

export const countByStatusOfCustomer = sql(`
  SELECT o.status_id, COUNT(*) AS orders FROM orders o
  WHERE o.customer_id = :customer_id::integer
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :pattern ESCAPE '!'))
  GROUP BY o.status_id ORDER BY o.status_id
`);

export const countByStatusOfEmployee = sql(`
  SELECT o.status_id, COUNT(*) AS orders FROM orders o
  WHERE o.employee_id = :employee_id::integer
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :pattern ESCAPE '!'))
  GROUP BY o.status_id ORDER BY o.status_id
`);

export const countByStatusOfShipper = sql(`
  SELECT o.status_id, COUNT(*) AS orders FROM orders o
  WHERE o.shipper_id = :shipper_id::integer
    AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
    AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id)
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    AND (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :pattern ESCAPE '!'))
  GROUP BY o.status_id ORDER BY o.status_id
`);

/** Scans orders: a text may stand in any of them; the reporter's thread does it and keeps it. */
export const countByStatusOfSome = sql(`
  SELECT o.status_id, COUNT(*) AS orders FROM orders o
  WHERE (:pattern::text? IS NULL OR o.search_text LIKE :pattern ESCAPE '!' OR o.id = :searched_id::integer?
      OR o.customer_id IN (SELECT c.id FROM customers c WHERE c.search_text LIKE :pattern ESCAPE '!'))
    AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
  GROUP BY o.status_id ORDER BY o.status_id
`);
