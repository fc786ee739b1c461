import { sql } from "northwind-schema/sql";

const writtenColumns = `employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address,
  ship_city, ship_state_province, ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type,
  paid_date, notes, tax_rate, tax_status_id, status_id`;

/** The columns of a stored order in every answer. */
export const orderColumns = `id, ${writtenColumns}, version`;

/** The customer's name and billing address as sold, and why the order was last corrected. Only writes read these. */
const soldColumns = `customer_company, customer_first_name, customer_last_name, billing_address, billing_city,
  billing_state_province, billing_zip_postal_code, billing_country_region, customer_vat_id, tax_treatment, tax_exemption_reason,
  correction_reason, shipping_policy`;

/** Reads stored orders: one by id, those of a page, and what a write reads again. */
export const ordersByIds = sql(`SELECT ${orderColumns} FROM orders WHERE id IN (:ids...)`);

/** The same with what only writes read, for those who compare orders with the audit log. */
export const writtenOrdersByIds = sql(`SELECT ${orderColumns}, ${soldColumns} FROM orders WHERE id IN (:ids...)`);

/** Runs in every transaction that changes an order, before the first read that locks nothing: all see its latest state. */
export const lockOrders = sql(`
  SELECT ${orderColumns}, ${soldColumns} FROM orders WHERE id IN (:ids...) FOR UPDATE
`);

/** The same, but skips orders that another transaction has locked: a batch waits for no lock. */
export const lockFreeOrders = sql(`
  SELECT ${orderColumns}, ${soldColumns} FROM orders WHERE id IN (:ids...) FOR UPDATE SKIP LOCKED
`);

export const insertOrder = sql(`
  INSERT INTO orders (${writtenColumns}, ${soldColumns}, search_text)
  VALUES (:employee_id, :customer_id, :order_date, :shipped_date, :shipper_id, :ship_name, :ship_address,
    :ship_city, :ship_state_province, :ship_zip_postal_code, :ship_country_region, :shipping_fee, :taxes, :payment_type,
    :paid_date, :notes, :tax_rate, :tax_status_id, :status_id, :customer_company, :customer_first_name,
    :customer_last_name, :billing_address, :billing_city, :billing_state_province, :billing_zip_postal_code,
    :billing_country_region, :customer_vat_id, :tax_treatment, :tax_exemption_reason, :correction_reason,
    :shipping_policy, :search_text)
  RETURNING ${orderColumns}, ${soldColumns}
`);

export const updateOrder = sql(`
  UPDATE orders SET employee_id = :employee_id, customer_id = :customer_id, order_date = :order_date,
    shipped_date = :shipped_date, shipper_id = :shipper_id, ship_name = :ship_name, ship_address = :ship_address,
    ship_city = :ship_city, ship_state_province = :ship_state_province, ship_zip_postal_code = :ship_zip_postal_code,
    ship_country_region = :ship_country_region, shipping_fee = :shipping_fee, taxes = :taxes,
    payment_type = :payment_type, paid_date = :paid_date, notes = :notes, tax_rate = :tax_rate,
    tax_status_id = :tax_status_id, status_id = :status_id, customer_company = :customer_company,
    customer_first_name = :customer_first_name, customer_last_name = :customer_last_name,
    billing_address = :billing_address, billing_city = :billing_city,
    billing_state_province = :billing_state_province, billing_zip_postal_code = :billing_zip_postal_code,
    billing_country_region = :billing_country_region, customer_vat_id = :customer_vat_id,
    tax_treatment = :tax_treatment, tax_exemption_reason = :tax_exemption_reason, correction_reason = :correction_reason,
    shipping_policy = :shipping_policy, search_text = :search_text, version = version + 1
  WHERE id = :id AND version = :version
`);

/** An order whose details change without it. */
export const raiseVersion = sql(`UPDATE orders SET version = version + 1 WHERE id = :id AND version = :version`);

export const deleteOrder = sql(`DELETE FROM orders WHERE id = :id AND version = :version`);

/** How many rows refer to an order. */
export const orderReferences = sql(`
  SELECT
    (SELECT COUNT(*) FROM invoices WHERE order_id = :id) AS invoices,
    (SELECT COUNT(*) FROM inventory_transactions WHERE customer_order_id = :id) AS inventory_transactions,
    (SELECT COUNT(*) FROM shipments WHERE order_id = :id) AS shipments,
    (SELECT COUNT(*) FROM order_returns WHERE order_id = :id) AS order_returns
`);

/** The product as sold. A detail without its name was written by another program, and shows what the product is now. */
const soldProduct = `
  CASE WHEN d.product_name IS NULL THEN (SELECT p.product_code FROM products p WHERE p.id = d.product_id)
    ELSE d.product_code END AS product_code,
  CASE WHEN d.product_name IS NULL THEN (SELECT p.product_name FROM products p WHERE p.id = d.product_id)
    ELSE d.product_name END AS product_name,
  CASE WHEN d.product_name IS NULL THEN (SELECT p.quantity_per_unit FROM products p WHERE p.id = d.product_id)
    ELSE d.quantity_per_unit END AS quantity_per_unit`;

const detailColumns = `d.id, d.order_id, d.product_id, d.quantity, d.allocated, d.shipped, d.invoiced, d.returned, d.unit_price, d.discount, d.status_id,
  d.date_allocated, d.purchase_order_id, d.inventory_id, d.position, d.tax_class, d.tax_rate,
  ${soldProduct}`;

/** The details of orders, in the order in which they were sent. */
export const detailsByOrderIds = sql(`
  SELECT ${detailColumns} FROM order_details d WHERE d.order_id IN (:order_ids...)
  ORDER BY d.order_id, d.position, d.id
`);

/** The same for readers, who hold no lock: each detail says which version of its order it was read with. */
export const detailsWithVersions = sql(`
  SELECT ${detailColumns}, o.version AS order_version
  FROM order_details d JOIN orders o ON o.id = d.order_id
  WHERE d.order_id IN (:order_ids...) ORDER BY d.order_id, d.position, d.id
`);

export const versionsOfOrders = sql(`SELECT id, version FROM orders WHERE id IN (:ids...)`);

export const insertDetail = sql(`
  INSERT INTO order_details (order_id, product_id, quantity, unit_price, discount, position, product_code,
    product_name, quantity_per_unit, tax_class, tax_rate, allocated, shipped, invoiced, status_id, date_allocated)
  VALUES (:order_id, :product_id, :quantity, :unit_price, :discount, :position, :product_code, :product_name,
    :quantity_per_unit, :tax_class, :tax_rate, :allocated, :shipped, :invoiced, :status_id, :date_allocated)
`);

export const updateDetail = sql(`
  UPDATE order_details
  SET product_id = :product_id, quantity = :quantity, unit_price = :unit_price, discount = :discount,
    position = :position, product_code = :product_code, product_name = :product_name,
    quantity_per_unit = :quantity_per_unit, tax_class = :tax_class, tax_rate = :tax_rate,
    allocated = :allocated, shipped = :shipped, invoiced = :invoiced, status_id = :status_id,
    date_allocated = :date_allocated, purchase_order_id = :purchase_order_id
  WHERE id = :id
`);

export const deleteDetails = sql(`DELETE FROM order_details WHERE id IN (:ids...)`);

export const deleteDetailsOfOrder = sql(`DELETE FROM order_details WHERE order_id = :order_id`);

const soldProductColumns = `id, list_price, discontinued, product_code, product_name, quantity_per_unit, tax_class, stocked`;

/** What a detail takes from its product. */
export const lockSoldProducts = sql(`
  SELECT ${soldProductColumns} FROM products WHERE id IN (:ids...) LOCK IN SHARE MODE
`);

/** The same, without products that another transaction is changing: a batch waits for no lock. */
export const lockFreeSoldProducts = sql(`
  SELECT ${soldProductColumns} FROM products WHERE id IN (:ids...) LOCK IN SHARE MODE SKIP LOCKED
`);

/** The rates of tax classes, the newest of each first. */
export const lockRatesOfClasses = sql(`
  SELECT tax_class, valid_from, tax_rate FROM tax_rates WHERE tax_class IN (:tax_classes...)
  ORDER BY tax_class, valid_from DESC LOCK IN SHARE MODE
`);

const buyerColumns = `id, company, first_name, last_name, address, city, state_province, zip_postal_code,
  country_region, vat_id, tax_treatment, tax_exemption_reason, shipping_policy`;

/** What an order takes from its customer. */
export const buyersByIds = sql(`SELECT ${buyerColumns} FROM customers WHERE id IN (:ids...)`);

export const lockBuyers = sql(`SELECT ${buyerColumns} FROM customers WHERE id IN (:ids...) LOCK IN SHARE MODE`);

export const lockFreeBuyers = sql(`
  SELECT ${buyerColumns} FROM customers WHERE id IN (:ids...) LOCK IN SHARE MODE SKIP LOCKED
`);

export const lockEmployees = sql(`SELECT id FROM employees WHERE id IN (:ids...) LOCK IN SHARE MODE`);

export const lockFreeEmployees = sql(`
  SELECT id FROM employees WHERE id IN (:ids...) LOCK IN SHARE MODE SKIP LOCKED
`);

export const lockShippers = sql(`SELECT id FROM shippers WHERE id IN (:ids...) LOCK IN SHARE MODE`);

export const lockFreeShippers = sql(`SELECT id FROM shippers WHERE id IN (:ids...) LOCK IN SHARE MODE SKIP LOCKED`);

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

/** Whether the order `o` has its customer's name as sold. */
export const isSold = `o.customer_company IS NOT NULL OR o.customer_first_name IS NOT NULL OR o.customer_last_name IS NOT NULL`;

/**
 * The customers of orders: name and billing address as sold, the rest as they are now. An order without any name was
 * written by another program, and shows its customer as it is now. Each says which version of its order it was read with.
 */
export const customersOfOrders = sql(`
  SELECT o.id AS order_id, o.version AS order_version, c.id,
    CASE WHEN ${isSold} THEN o.customer_company ELSE c.company END AS company,
    CASE WHEN ${isSold} THEN o.customer_first_name ELSE c.first_name END AS first_name,
    CASE WHEN ${isSold} THEN o.customer_last_name ELSE c.last_name END AS last_name,
    c.email_address, c.business_phone,
    CASE WHEN ${isSold} THEN o.billing_address ELSE c.address END AS address,
    CASE WHEN ${isSold} THEN o.billing_city ELSE c.city END AS city,
    CASE WHEN ${isSold} THEN o.billing_state_province ELSE c.state_province END AS state_province,
    CASE WHEN ${isSold} THEN o.billing_zip_postal_code ELSE c.zip_postal_code END AS zip_postal_code,
    CASE WHEN ${isSold} THEN o.billing_country_region ELSE c.country_region END AS country_region,
    CASE WHEN ${isSold} THEN o.customer_vat_id ELSE c.vat_id END AS vat_id,
    CASE WHEN ${isSold} THEN o.tax_treatment ELSE c.tax_treatment END AS tax_treatment,
    CASE WHEN ${isSold} THEN o.tax_exemption_reason ELSE c.tax_exemption_reason END AS tax_exemption_reason
  FROM orders o JOIN customers c ON c.id = o.customer_id
  WHERE o.id IN (:order_ids...)
`);

export const employeesOfOrders = sql(`SELECT ${includedColumns} FROM employees WHERE id IN (:ids...)`);

export const shippersOfOrders = sql(`SELECT ${includedColumns} FROM shippers WHERE id IN (:ids...)`);

/** The newest order's id: there are at most so many orders. */
export const newestOrderId = sql(`SELECT MAX(id) AS newest FROM orders`);

/** One entry of the history of an order before which it had details. */
export const removalOfDetails = sql(`
  SELECT sequence FROM audit_log
  WHERE resource = 'order' AND resource_id = :id AND before_state LIKE '%"order!_details":[{%' ESCAPE '!'
  ORDER BY sequence LIMIT 1
`);
