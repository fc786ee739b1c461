import { sql } from "northwind-schema/sql";

/*
 * Whole pages where an index has the orders in the wanted order and nothing else is asked: the lists that the original has.
 */

/** All orders, upwards after `id`. */
export const rowsAscending = sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE id > :id::integer ORDER BY id LIMIT :rows
`);

/** All orders, downwards before `id`. */
export const rowsDescending = sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE id < :id::integer ORDER BY id DESC LIMIT :rows
`);

/** The newest orders of a customer; both engines put those without a date last. */
export const newestOfCustomer = sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE customer_id = :customer_id::integer ORDER BY order_date DESC, id DESC LIMIT :rows
`);

/** The newest orders of an employee, in the same order. */
export const newestOfEmployee = sql(`
  SELECT id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city,
    ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date,
    notes, tax_rate, tax_status_id, status_id, version
  FROM orders WHERE employee_id = :employee_id::integer ORDER BY order_date DESC, id DESC LIMIT :rows
`);
