/* What a list can be filtered by, as fragments of its queries: `o` is the order, and null leaves a filter out. */

export const statusFilter = `(:status_id::integer? IS NULL OR o.status_id = :status_id)`;
export const customerFilter = `(:customer_id::integer? IS NULL OR o.customer_id = :customer_id)`;
export const employeeFilter = `(:employee_id::integer? IS NULL OR o.employee_id = :employee_id)`;
export const shipperFilter = `(:shipper_id::integer? IS NULL OR o.shipper_id = :shipper_id)`;
export const datesFilter = `(:first::datetime? IS NULL OR o.order_date >= :first)
  AND (:last::datetime? IS NULL OR o.order_date <= :last)`;

const textOfCustomer = `(SELECT c.search_text FROM customers c WHERE c.id = o.customer_id)`;

/*
 * Whether a word is in the text of a product of the order. A word that no product has, as most have not, leaves the
 * details alone. Both engines look for it once in a statement: the products are a thousand times fewer than orders.
 * Scans products: a word can be anywhere in a text, and the index of the texts is read to the first that has it.
 */
const sold1 = `(EXISTS (SELECT 1 FROM products p WHERE p.search_text LIKE :word1::text? ESCAPE '!') AND (
  SELECT MIN(d.id) FROM order_details d JOIN products s ON s.id = d.product_id
  WHERE d.order_id = o.id AND s.search_text LIKE :word1 ESCAPE '!') IS NOT NULL)`;
const sold2 = `(EXISTS (SELECT 1 FROM products p WHERE p.search_text LIKE :word2::text? ESCAPE '!') AND (
  SELECT MIN(d.id) FROM order_details d JOIN products s ON s.id = d.product_id
  WHERE d.order_id = o.id AND s.search_text LIKE :word2 ESCAPE '!') IS NOT NULL)`;
const sold3 = `(EXISTS (SELECT 1 FROM products p WHERE p.search_text LIKE :word3::text? ESCAPE '!') AND (
  SELECT MIN(d.id) FROM order_details d JOIN products s ON s.id = d.product_id
  WHERE d.order_id = o.id AND s.search_text LIKE :word3 ESCAPE '!') IS NOT NULL)`;
const sold4 = `(EXISTS (SELECT 1 FROM products p WHERE p.search_text LIKE :word4::text? ESCAPE '!') AND (
  SELECT MIN(d.id) FROM order_details d JOIN products s ON s.id = d.product_id
  WHERE d.order_id = o.id AND s.search_text LIKE :word4 ESCAPE '!') IS NOT NULL)`;
const sold5 = `(EXISTS (SELECT 1 FROM products p WHERE p.search_text LIKE :word5::text? ESCAPE '!') AND (
  SELECT MIN(d.id) FROM order_details d JOIN products s ON s.id = d.product_id
  WHERE d.order_id = o.id AND s.search_text LIKE :word5 ESCAPE '!') IS NOT NULL)`;

const word2 = `(:word2::text? IS NULL OR o.search_text LIKE :word2 ESCAPE '!'
  OR ${textOfCustomer} LIKE :word2 ESCAPE '!' OR ${sold2})`;
const word3 = `(:word3::text? IS NULL OR o.search_text LIKE :word3 ESCAPE '!'
  OR ${textOfCustomer} LIKE :word3 ESCAPE '!' OR ${sold3})`;
const word4 = `(:word4::text? IS NULL OR o.search_text LIKE :word4 ESCAPE '!'
  OR ${textOfCustomer} LIKE :word4 ESCAPE '!' OR ${sold4})`;
const word5 = `(:word5::text? IS NULL OR o.search_text LIKE :word5 ESCAPE '!'
  OR ${textOfCustomer} LIKE :word5 ESCAPE '!' OR ${sold5})`;

/** Each word is searched for in the order, in its customer and in its products, and a phone number in the customer. */
export const textFilter = `(:word1::text? IS NULL OR o.id = :searched_id::integer?
  OR ((o.search_text LIKE :word1 ESCAPE '!' OR ${textOfCustomer} LIKE :word1 ESCAPE '!' OR ${sold1})
    AND ${word2} AND ${word3} AND ${word4} AND ${word5})
  OR (:phone::text? IS NOT NULL AND ${textOfCustomer} LIKE :phone ESCAPE '!'))`;

/** The filters by a number. */
export const idFilters = `${statusFilter} AND ${customerFilter} AND ${employeeFilter} AND ${shipperFilter}`;

/** The orders between two moments. */
export const inDates = `o.order_date >= :first::datetime AND o.order_date <= :last::datetime`;
