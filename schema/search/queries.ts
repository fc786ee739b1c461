import { sql } from "../sql.ts";

/* The statements that fold rows of other programs: each table is read and written by its own. */

export const unfoldedRows = sql(`
  SELECT table_name, row_id FROM unfolded_rows ORDER BY table_name, row_id LIMIT :rows
`);

export const forgetRow = sql(`DELETE FROM unfolded_rows WHERE table_name = :table_name AND row_id = :row_id`);

const phones = `business_phone, home_phone, mobile_phone, fax_number`;
const company = `id, company, first_name, last_name, city, email_address, ${phones}`;

/** The fields that are searched, of rows that stay locked until the text is written. */
export const lockedRows = {
  customers: sql(`SELECT ${company} FROM customers WHERE id IN (:ids...) FOR UPDATE`),
  suppliers: sql(`SELECT ${company} FROM suppliers WHERE id IN (:ids...) FOR UPDATE`),
  shippers: sql(`SELECT ${company} FROM shippers WHERE id IN (:ids...) FOR UPDATE`),
  employees: sql(`SELECT id, first_name, last_name, job_title, city, email_address, ${phones}
    FROM employees WHERE id IN (:ids...) FOR UPDATE`),
  products: sql(`SELECT id, product_code, product_name, category FROM products WHERE id IN (:ids...) FOR UPDATE`),
  orders: sql(`SELECT id, ship_name, ship_city FROM orders WHERE id IN (:ids...) FOR UPDATE`),
};

export const writeText = {
  customers: sql(`UPDATE customers SET search_text = :search_text WHERE id = :id`),
  suppliers: sql(`UPDATE suppliers SET search_text = :search_text WHERE id = :id`),
  shippers: sql(`UPDATE shippers SET search_text = :search_text WHERE id = :id`),
  employees: sql(`UPDATE employees SET search_text = :search_text WHERE id = :id`),
  products: sql(`UPDATE products SET search_text = :search_text WHERE id = :id`),
  orders: sql(`UPDATE orders SET search_text = :search_text WHERE id = :id`),
};
