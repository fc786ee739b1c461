import { sql } from "northwind-schema/sql";

/** A product with its suppliers, the preferred one first: one row with nulls if it has none. */
export const suppliersWithProduct = sql(`
  SELECT p.id AS product_id, p.version, s.supplier_id, s.position, s.unit_cost, s.supplier_product_code,
    s.pack_quantity, s.minimum_quantity, s.lead_time_days, c.company
  FROM products p
  LEFT JOIN product_suppliers s ON s.product_id = p.id
  LEFT JOIN suppliers c ON c.id = s.supplier_id
  WHERE p.id = :id ORDER BY s.position, s.supplier_id
`);

const soldColumns = `s.product_id, p.product_code, p.product_name, p.discontinued, p.list_price, s.position, s.unit_cost,
    s.supplier_product_code, s.pack_quantity, s.minimum_quantity, s.lead_time_days`;
const soldBehind = `s.supplier_id = :supplier_id AND s.product_id > :product_id`;

/** A page of what a supplier sells, by product: all of it, or some of it. */
export const productsOfSupplier = {
  all: sql(`
    SELECT ${soldColumns} FROM product_suppliers s JOIN products p ON p.id = s.product_id
    WHERE ${soldBehind} ORDER BY s.product_id LIMIT :rows
  `),
  some: sql(`
    SELECT ${soldColumns} FROM product_suppliers s JOIN products p ON p.id = s.product_id
    WHERE ${soldBehind} AND s.product_id IN (:product_ids...) ORDER BY s.product_id LIMIT :rows
  `),
};

const writtenColumns = `supplier_id, created_by, submitted_date, creation_date, status_id, expected_date, shipping_fee,
  taxes, payment_date, payment_amount, payment_method, notes, approved_by, approved_date, submitted_by,
  submitted_principal, approved_principal, closed_date`;

const columns = `id, ${writtenColumns}, version`;

export const purchaseOrdersByIds = sql(`SELECT ${columns} FROM purchase_orders WHERE id IN (:ids...)`);

/** Purchase orders are locked after orders and before the stock, in the order of their ids. */
export const lockPurchaseOrders = sql(`
  SELECT ${columns} FROM purchase_orders WHERE id IN (:ids...) ORDER BY id FOR UPDATE
`);

export const insertPurchaseOrder = sql(`
  INSERT INTO purchase_orders (${writtenColumns})
  VALUES (:supplier_id, :created_by, :submitted_date, :creation_date, :status_id, :expected_date, :shipping_fee,
    :taxes, :payment_date, :payment_amount, :payment_method, :notes, :approved_by, :approved_date, :submitted_by,
    :submitted_principal, :approved_principal, :closed_date)
  RETURNING ${columns}
`);

export const updatePurchaseOrder = sql(`
  UPDATE purchase_orders SET supplier_id = :supplier_id, created_by = :created_by, submitted_date = :submitted_date,
    creation_date = :creation_date, status_id = :status_id, expected_date = :expected_date,
    shipping_fee = :shipping_fee, taxes = :taxes, payment_date = :payment_date, payment_amount = :payment_amount,
    payment_method = :payment_method, notes = :notes, approved_by = :approved_by, approved_date = :approved_date,
    submitted_by = :submitted_by, submitted_principal = :submitted_principal,
    approved_principal = :approved_principal, closed_date = :closed_date, version = version + 1
  WHERE id = :id AND version = :version
`);

/** The details of purchase orders in the order in which they were sent, with the version that they were read with. */
export const purchaseDetails = sql(`
  SELECT d.id, d.purchase_order_id, d.product_id, d.quantity, d.received, d.unit_cost, d.date_received,
    d.posted_to_inventory, d.inventory_id, d.order_detail_id, d.position, p.product_code, p.product_name,
    l.order_id, o.version AS purchase_order_version
  FROM purchase_order_details d
  JOIN purchase_orders o ON o.id = d.purchase_order_id
  LEFT JOIN products p ON p.id = d.product_id
  LEFT JOIN order_details l ON l.id = d.order_detail_id
  WHERE d.purchase_order_id IN (:ids...) ORDER BY d.purchase_order_id, d.position, d.id
`);

export const insertPurchaseDetail = sql(`
  INSERT INTO purchase_order_details (purchase_order_id, product_id, quantity, unit_cost, position, order_detail_id)
  VALUES (:purchase_order_id, :product_id, :quantity, :unit_cost, :position, :order_detail_id)
`);

export const updatePurchaseDetail = sql(`
  UPDATE purchase_order_details SET product_id = :product_id, quantity = :quantity, unit_cost = :unit_cost,
    position = :position, order_detail_id = :order_detail_id
  WHERE id = :id
`);

export const receivePurchaseDetail = sql(`
  UPDATE purchase_order_details SET received = :received, date_received = :date_received,
    posted_to_inventory = :posted_to_inventory
  WHERE id = :id
`);

export const deletePurchaseDetails = sql(`DELETE FROM purchase_order_details WHERE id IN (:ids...)`);

/** What is bought: nothing of it may change until the purchase is written. */
export const lockBoughtProducts = sql(`
  SELECT id, standard_cost, discontinued, stocked, sold_in_fractions, reorder_level, target_level,
    minimum_reorder_quantity
  FROM products WHERE id IN (:ids...) LOCK IN SHARE MODE
`);

/** What a supplier asks for products. */
export const termsOfSupplier = sql(`
  SELECT product_id, unit_cost FROM product_suppliers
  WHERE supplier_id = :supplier_id AND product_id IN (:product_ids...)
`);

/** Who sells these products and on which terms, of each product the preferred supplier first. */
export const termsOfProducts = sql(`
  SELECT t.product_id, t.supplier_id, c.company, t.unit_cost, t.pack_quantity, t.minimum_quantity, t.lead_time_days
  FROM product_suppliers t JOIN suppliers c ON c.id = t.supplier_id
  WHERE t.product_id IN (:product_ids...) ORDER BY t.product_id, t.position, t.supplier_id
`);

export const employeeOfUser = sql(`SELECT employee_id FROM users WHERE id = :id`);

/** A page of purchase orders, the newest first. */
const isOlder = `id < :id ORDER BY id DESC LIMIT :rows`;
export const purchaseOrderPages = {
  all: sql(`SELECT ${columns} FROM purchase_orders WHERE ${isOlder}`),
  ofStatus: sql(`SELECT ${columns} FROM purchase_orders WHERE status_id = :status_id AND ${isOlder}`),
  ofSupplier: sql(`SELECT ${columns} FROM purchase_orders WHERE supplier_id = :supplier_id AND ${isOlder}`),
  ofBoth: sql(`
    SELECT ${columns} FROM purchase_orders WHERE supplier_id = :supplier_id AND status_id = :status_id AND ${isOlder}
  `),
};

/** The filters of a list of purchase orders that name nothing. */
export const missingFilters = sql(`
  SELECT 'supplier_id' AS field WHERE :supplier_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM suppliers WHERE id = :supplier_id)
  UNION ALL SELECT 'status_id' WHERE :status_id::integer? IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM purchase_order_status WHERE id = :status_id)
`);

/** The orders with details that wait for a purchase order, and the products of its details. */
export const linkedOrders = sql(`
  SELECT DISTINCT order_id FROM order_details WHERE purchase_order_id = :id ORDER BY order_id
`);

/** The order details that wait for a purchase order. */
export const linkedDetails = sql(`SELECT id, product_id FROM order_details WHERE purchase_order_id = :id`);

export const linkDetail = sql(`
  UPDATE order_details SET purchase_order_id = :purchase_order_id, status_id = :status_id WHERE id = :id
`);

export const productsOfPurchase = sql(`
  SELECT DISTINCT product_id FROM purchase_order_details WHERE purchase_order_id = :id ORDER BY product_id
`);
