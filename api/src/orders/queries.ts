import { sql } from "northwind-schema/sql";

const writtenColumns = `employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address,
  ship_city, ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type,
  paid_date, notes, tax_rate, tax_status_id, status_id`;

/** The columns of a stored order. */
export const orderColumns = `id, ${writtenColumns}, version`;

/** Reads stored orders: one by id, those of a page, and what a write reads again. */
export const ordersByIds = sql(`SELECT ${orderColumns} FROM orders WHERE id IN (:ids...)`);

/** Runs first in every transaction that changes an order: this and later reads then see its latest state. */
export const lockOrders = sql(`SELECT ${orderColumns} FROM orders WHERE id IN (:ids...) FOR UPDATE`);

/** The same, but skips orders that another transaction has locked: a batch waits for no lock. */
export const lockFreeOrders = sql(`SELECT ${orderColumns} FROM orders WHERE id IN (:ids...) FOR UPDATE SKIP LOCKED`);

export const insertOrder = sql(`
  INSERT INTO orders (${writtenColumns})
  VALUES (:employee_id, :customer_id, :order_date, :shipped_date, :shipper_id, :ship_name, :ship_address,
    :ship_city, :ship_state_province, :ship_zip_postal_code, :ship_country_region, :shipping_fee, :taxes, :payment_type,
    :paid_date, :notes, :tax_rate, :tax_status_id, :status_id)
  RETURNING ${orderColumns}
`);

export const updateOrder = sql(`
  UPDATE orders SET employee_id = :employee_id, customer_id = :customer_id, order_date = :order_date,
    shipped_date = :shipped_date, shipper_id = :shipper_id, ship_name = :ship_name, ship_address = :ship_address,
    ship_city = :ship_city, ship_state_province = :ship_state_province, ship_zip_postal_code = :ship_zip_postal_code,
    ship_country_region = :ship_country_region, shipping_fee = :shipping_fee, taxes = :taxes,
    payment_type = :payment_type, paid_date = :paid_date, notes = :notes, tax_rate = :tax_rate,
    tax_status_id = :tax_status_id, status_id = :status_id, version = version + 1
  WHERE id = :id AND version = :version
`);

export const deleteOrder = sql(`DELETE FROM orders WHERE id = :id AND version = :version`);

/** How many rows refer to an order. */
export const orderReferences = sql(`
  SELECT
    (SELECT COUNT(*) FROM invoices WHERE order_id = :id) AS invoices,
    (SELECT COUNT(*) FROM inventory_transactions WHERE customer_order_id = :id) AS inventory_transactions
`);

const detailColumns = `d.id, d.order_id, d.product_id, d.quantity, d.unit_price, d.discount, d.status_id,
  d.date_allocated, d.purchase_order_id, d.inventory_id`;

export const detailsByOrderIds = sql(`
  SELECT ${detailColumns} FROM order_details d WHERE d.order_id IN (:order_ids...) ORDER BY d.order_id, d.id
`);

/** The same for readers, who hold no lock: each detail says which version of its order it was read with. */
export const detailsWithVersions = sql(`
  SELECT ${detailColumns}, o.version AS order_version
  FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.order_id IN (:order_ids...) ORDER BY d.order_id, d.id
`);

export const versionsOfOrders = sql(`SELECT id, version FROM orders WHERE id IN (:ids...)`);

export const insertDetail = sql(`
  INSERT INTO order_details (order_id, product_id, quantity, unit_price, discount, status_id)
  VALUES (:order_id, :product_id, :quantity, :unit_price, :discount, 0)
`);

export const updateDetail = sql(`
  UPDATE order_details
  SET product_id = :product_id, quantity = :quantity, unit_price = :unit_price, discount = :discount
  WHERE id = :id
`);

export const deleteDetails = sql(`DELETE FROM order_details WHERE id IN (:ids...)`);

export const deleteDetailsOfOrder = sql(`DELETE FROM order_details WHERE order_id = :order_id`);

export const productPrices = sql(`SELECT id, list_price FROM products WHERE id IN (:ids...)`);

/** The names of the fields whose value refers to nothing. */
export const missingReferences = sql(`
  SELECT 'customer_id' AS field WHERE :customer_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM customers WHERE id = :customer_id)
  UNION ALL SELECT 'employee_id' WHERE :employee_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM employees WHERE id = :employee_id)
  UNION ALL SELECT 'shipper_id' WHERE :shipper_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM shippers WHERE id = :shipper_id)
  UNION ALL SELECT 'tax_status_id' WHERE :tax_status_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM orders_tax_status WHERE id = :tax_status_id)
  UNION ALL SELECT 'status_id' WHERE :status_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM orders_status WHERE id = :status_id)
`);

/** What `include` shows of a contact. */
const includedColumns = `id, company, first_name, last_name, email_address, business_phone`;

export const customersOfOrders = sql(`SELECT ${includedColumns} FROM customers WHERE id IN (:ids...)`);

export const employeesOfOrders = sql(`SELECT ${includedColumns} FROM employees WHERE id IN (:ids...)`);

export const shippersOfOrders = sql(`SELECT ${includedColumns} FROM shippers WHERE id IN (:ids...)`);

/** The newest order's id: there are at most so many orders. */
export const newestOrderId = sql(`SELECT MAX(id) AS newest FROM orders`);
