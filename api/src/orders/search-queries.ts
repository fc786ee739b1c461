import { sql } from "northwind-schema/sql";

/*
 * A search by the index of texts (migration 0007): from a run of characters to the few different texts that have it, and
 * from these to their orders. Each stops at `most` orders. What else the list asks for is not left out but told, in
 * `wanted`: a search ends after `most` orders, whether they are wanted or not.
 *
 * The order of the tables is prescribed to both engines: they would begin with the orders.
 */

/** How common each run of three characters of a text is: `reach` is null where fewer than 500 texts have it. */
export const gramsOfText = sql(`
  SELECT p.position, (
    SELECT g.text_id FROM search_grams g WHERE g.gram = SUBSTR(:text::text, p.position, 3)
    ORDER BY g.text_id LIMIT 1 OFFSET 499
  ) AS reach
  FROM search_positions p WHERE p.position <= :places ORDER BY p.position
`);

/** Orders whose own text has it. */
export const ordersByText = sql({
  mariadb: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM search_grams g
  STRAIGHT_JOIN search_texts t ON t.id = g.text_id
  STRAIGHT_JOIN orders o FORCE INDEX (orders_by_text) ON o.search_text = t.text
  WHERE g.gram >= :from AND g.gram <= :to AND t.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text_id LIMIT :most
`,
  sqlite: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM search_grams g
  CROSS JOIN search_texts t ON t.id = g.text_id
  CROSS JOIN orders o ON o.search_text = t.text
  WHERE g.gram >= :from AND g.gram <= :to AND t.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text_id LIMIT :most
`,
});

/** Orders whose customer's text has it. */
export const ordersByCustomerText = sql({
  mariadb: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM search_grams g
  STRAIGHT_JOIN search_texts t ON t.id = g.text_id
  STRAIGHT_JOIN customers c FORCE INDEX (customers_search_text) ON c.search_text = t.text
  STRAIGHT_JOIN orders o FORCE INDEX (orders_by_customer_and_date) ON o.customer_id = c.id
  WHERE g.gram >= :from AND g.gram <= :to AND t.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text_id LIMIT :most
`,
  sqlite: `
  SELECT o.id, o.order_date,
    CASE WHEN (:status_id::integer? IS NULL OR o.status_id = :status_id) AND (:customer_id::integer? IS NULL OR o.customer_id = :customer_id)
      AND (:employee_id::integer? IS NULL OR o.employee_id = :employee_id) AND (:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)
      AND (:first::datetime? IS NULL OR o.order_date >= :first) AND (:last::datetime? IS NULL OR o.order_date <= :last)
    THEN 1 ELSE 0 END AS wanted
  FROM search_grams g
  CROSS JOIN search_texts t ON t.id = g.text_id
  CROSS JOIN customers c ON c.search_text = t.text
  CROSS JOIN orders o ON o.customer_id = c.id
  WHERE g.gram >= :from AND g.gram <= :to AND t.text LIKE :pattern::text ESCAPE '!'
  ORDER BY g.gram, g.text_id LIMIT :most
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
