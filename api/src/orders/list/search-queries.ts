import { sql } from "northwind-schema/sql";

/*
 * A search by the index of texts (migration 0007): from a run of characters to the few different texts that have it, and
 * from these to their orders. Each stops at `most`. What else the list asks for is not left out but told, in `wanted`: a
 * search ends after `most` orders, whether they are wanted or not. They are sorted as the index is that they are read by.
 */

/** How common each run of three characters of a text is: `reach` is null where fewer than 100 texts have it. */
export const gramsOfText = sql(`
  SELECT p.position, (
    SELECT g.text FROM search_grams g WHERE g.gram = SUBSTR(:text::text, p.position, 3)
    ORDER BY g.text LIMIT 1 OFFSET 99
  ) AS reach
  FROM search_positions p WHERE p.position <= :places ORDER BY p.position
`);

/** The texts with a run of characters between two, and with the pattern. */
export const textsOfRun = sql(`
  SELECT g.text FROM search_grams g
  WHERE g.gram >= :from AND g.gram <= :to AND g.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text LIMIT :most
`);

export const customersOfTexts = sql(`SELECT id FROM customers WHERE search_text IN (:texts...) ORDER BY id`);

/** Orders with one of these texts. */
export const ordersOfTexts = sql({
  mariadb: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM orders o FORCE INDEX (orders_by_text)
  WHERE o.search_text IN (:texts...)
  ORDER BY o.search_text, o.order_date, o.id LIMIT :most
`,
  sqlite: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM orders o
  WHERE o.search_text IN (:texts...)
  ORDER BY o.search_text, o.order_date, o.id LIMIT :most
`,
});

/** Orders of these customers. */
export const ordersOfCustomers = sql({
  mariadb: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM orders o FORCE INDEX (orders_by_customer_and_date)
  WHERE o.customer_id IN (:customers...)
  ORDER BY o.customer_id, o.order_date, o.id LIMIT :most
`,
  sqlite: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM orders o
  WHERE o.customer_id IN (:customers...)
  ORDER BY o.customer_id, o.order_date, o.id LIMIT :most
`,
});

/** The order whose number was typed. */
export const orderByNumber = sql(`
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM orders o WHERE o.id = :searched_id::integer
`);

export const countByStatusOfIds = sql(`
  SELECT status_id, COUNT(*) AS orders FROM orders WHERE id IN (:ids...) GROUP BY status_id ORDER BY status_id
`);
