import { sql } from "northwind-schema/sql";

/*
 * Whole pages by id where an index has them in this order and nothing else is asked: the list and the orders of a customer or
 * an employee, as the original has them.
 */

/** After `id`. */
export const rowsAscending = {
  any: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE id > :id::integer ORDER BY id LIMIT :rows
`),
  customer: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE customer_id = :customer_id::integer AND id > :id::integer ORDER BY id LIMIT :rows
`),
  employee: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE employee_id = :employee_id::integer AND id > :id::integer ORDER BY id LIMIT :rows
`),
};

/** Before `id`, downwards. */
export const rowsDescending = {
  any: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE id < :id::integer ORDER BY id DESC LIMIT :rows
`),
  customer: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE customer_id = :customer_id::integer AND id < :id::integer ORDER BY id DESC LIMIT :rows
`),
  employee: sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE employee_id = :employee_id::integer AND id < :id::integer ORDER BY id DESC LIMIT :rows
`),
};
