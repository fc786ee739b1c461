/** The proven statements that fill a database. They set the ids, so that the same seed makes equal rows everywhere. */
import { sql } from "../sql.ts";

/** Describes the company, unless somebody has already done so. */
export const describeCompany = sql(`UPDATE company
  SET name = :name, address = :address, city = :city, state_province = :state_province,
    zip_postal_code = :zip_postal_code, country_region = :country_region, vat_id = :vat_id, iban = :iban,
    currency = :currency, time_zone = :time_zone, invoice_prefix = :invoice_prefix,
    credit_note_prefix = :credit_note_prefix, purchase_order_prefix = :purchase_order_prefix, terms = :terms,
    confirmed = TRUE, version = version + 1
  WHERE id = 1 AND confirmed = FALSE`);

export const insertCustomer = sql(`INSERT INTO customers
  (id, company, first_name, last_name, job_title, email_address, business_phone, address, city, state_province, zip_postal_code, country_region,
    search_text)
  VALUES (:id, :company, :first_name, :last_name, :job_title, :email_address, :business_phone, :address, :city, :state_province, :zip_postal_code, :country_region,
    :search_text)`);

export const insertSupplier = sql(`INSERT INTO suppliers
  (id, company, first_name, last_name, job_title, email_address, business_phone, address, city, state_province, zip_postal_code, country_region,
    search_text)
  VALUES (:id, :company, :first_name, :last_name, :job_title, :email_address, :business_phone, :address, :city, :state_province, :zip_postal_code, :country_region,
    :search_text)`);

export const insertShipper = sql(`INSERT INTO shippers
  (id, company, first_name, last_name, job_title, email_address, business_phone, address, city, state_province, zip_postal_code, country_region,
    search_text)
  VALUES (:id, :company, :first_name, :last_name, :job_title, :email_address, :business_phone, :address, :city, :state_province, :zip_postal_code, :country_region,
    :search_text)`);

export const insertEmployee = sql(`INSERT INTO employees
  (id, company, first_name, last_name, job_title, email_address, business_phone, address, city, state_province, zip_postal_code, country_region,
    search_text)
  VALUES (:id, :company, :first_name, :last_name, :job_title, :email_address, :business_phone, :address, :city, :state_province, :zip_postal_code, :country_region,
    :search_text)`);

export const insertEmployeePrivilege = sql(
  `INSERT INTO employee_privileges (employee_id, privilege_id) VALUES (:employee_id, :privilege_id)`,
);

export const insertProduct = sql(`INSERT INTO products
  (id, supplier_ids, product_code, product_name, category, quantity_per_unit, standard_cost, list_price,
    reorder_level, target_level, minimum_reorder_quantity, discontinued, stocked, location, search_text)
  VALUES (:id, :supplier_ids, :product_code, :product_name, :category, :quantity_per_unit, :standard_cost, :list_price,
    :reorder_level, :target_level, :minimum_reorder_quantity, :discontinued, TRUE, :location, :search_text)`);

export const insertProductSupplier = sql(`INSERT INTO product_suppliers
  (product_id, supplier_id, position, unit_cost, minimum_quantity, lead_time_days)
  VALUES (:product_id, :supplier_id, 1, :unit_cost, :minimum_quantity, :lead_time_days)`);

export const insertStock = sql(`INSERT INTO product_stock
  (product_id, on_hand, allocated, on_order, back_ordered, to_reorder, low)
  VALUES (:product_id, :on_hand, :allocated, :on_order, :back_ordered, :to_reorder, :low)`);

export const insertShipment = sql(`INSERT INTO shipments (id, order_id, shipper_id, shipped_date)
  VALUES (:id, :order_id, :shipper_id, :shipped_date)`);

export const insertShipmentDetail = sql(`INSERT INTO shipment_details (shipment_id, order_detail_id, quantity)
  VALUES (:shipment_id, :order_detail_id, :quantity)`);

export const insertOrder = sql(`INSERT INTO orders
  (id, employee_id, customer_id, order_date, shipped_date, shipper_id, ship_name, ship_address, ship_city, ship_state_province,
    ship_zip_postal_code, ship_country_region, shipping_fee, taxes, payment_type, paid_date, notes, tax_rate, tax_status_id, status_id,
    customer_company, customer_first_name, customer_last_name, billing_address, billing_city, billing_state_province,
    billing_zip_postal_code, billing_country_region, search_text)
  VALUES (:id, :employee_id, :customer_id, :order_date, :shipped_date, :shipper_id, :ship_name, :ship_address, :ship_city, :ship_state_province,
    :ship_zip_postal_code, :ship_country_region, :shipping_fee, :taxes, :payment_type, :paid_date, :notes, :tax_rate, :tax_status_id, :status_id,
    :customer_company, :customer_first_name, :customer_last_name, :billing_address, :billing_city, :billing_state_province,
    :billing_zip_postal_code, :billing_country_region, :search_text)`);

export const insertDetail = sql(`INSERT INTO order_details
  (id, order_id, product_id, quantity, allocated, shipped, invoiced, unit_price, discount, status_id, date_allocated,
    purchase_order_id, inventory_id, position, product_code, product_name, quantity_per_unit)
  VALUES (:id, :order_id, :product_id, :quantity, :allocated, :shipped, :invoiced, :unit_price, :discount, :status_id,
    :date_allocated, :purchase_order_id, :inventory_id, :position, :product_code, :product_name, :quantity_per_unit)`);

export const insertInvoice = sql(`INSERT INTO invoices (id, order_id, invoice_date, due_date, tax, shipping, amount_due)
  VALUES (:id, :order_id, :invoice_date, :due_date, :tax, :shipping, :amount_due)`);

export const insertTransaction = sql(`INSERT INTO inventory_transactions
  (id, transaction_type, transaction_created_date, transaction_modified_date, product_id, quantity, purchase_order_id, customer_order_id, comments)
  VALUES (:id, :transaction_type, :transaction_created_date, :transaction_modified_date, :product_id, :quantity, :purchase_order_id, :customer_order_id, :comments)`);

export const insertPurchaseOrder = sql(`INSERT INTO purchase_orders
  (id, supplier_id, created_by, submitted_date, creation_date, status_id, expected_date, payment_date, payment_amount,
    payment_method, notes, approved_by, approved_date, submitted_by)
  VALUES (:id, :supplier_id, :created_by, :submitted_date, :creation_date, :status_id, :expected_date, :payment_date, :payment_amount,
    :payment_method, :notes, :approved_by, :approved_date, :submitted_by)`);

export const insertPurchaseDetail = sql(`INSERT INTO purchase_order_details
  (id, purchase_order_id, product_id, quantity, received, unit_cost, date_received, posted_to_inventory, inventory_id, position,
    order_detail_id)
  VALUES (:id, :purchase_order_id, :product_id, :quantity, :received, :unit_cost, :date_received, :posted_to_inventory, :inventory_id, :position,
    :order_detail_id)`);

export const setupStep = sql(`SELECT step FROM setup_steps WHERE step = :step`);

export const insertSetupStep = sql(`INSERT INTO setup_steps (step, done_at) VALUES (:step, :done_at)`);

/**
 * Counts the rows that users have entered: with any of them, the sample company is not loaded.
 * Scans customers: all are counted, but only until a database is known to have been looked at.
 * Scans orders: as above. Scans products: as above. Scans employees: as above. Scans suppliers: as above.
 * Scans shippers: as above.
 */
export const countEntered = sql(`SELECT
  (SELECT COUNT(*) FROM customers) + (SELECT COUNT(*) FROM orders) + (SELECT COUNT(*) FROM products)
    + (SELECT COUNT(*) FROM employees) + (SELECT COUNT(*) FROM suppliers) + (SELECT COUNT(*) FROM shippers) AS entered`);

export const lastIds = sql(`SELECT
  (SELECT MAX(id) FROM orders) AS orders, (SELECT MAX(id) FROM order_details) AS order_details,
  (SELECT MAX(id) FROM invoices) AS invoices, (SELECT MAX(id) FROM customers) AS customers,
  (SELECT MAX(id) FROM employees) AS employees`);

export const allCustomers =
  sql(`SELECT id, company, first_name, last_name, address, city, state_province, zip_postal_code, country_region
  FROM customers ORDER BY id`);

/** Scans employees: the generator wants them all. */
export const allEmployeeIds = sql(`SELECT id FROM employees ORDER BY id`);

/** Scans shippers: the generator wants them all. */
export const allShipperIds = sql(`SELECT id FROM shippers ORDER BY id`);

export const allProducts = sql(`SELECT id, list_price, product_code, product_name, quantity_per_unit
  FROM products WHERE discontinued = FALSE ORDER BY id`);

/** Scans product_stock: the generator counts what is open of every product. */
export const balancesWithOpen = sql(`SELECT s.product_id, s.on_hand, s.allocated, s.on_order,
    p.reorder_level, p.target_level, p.minimum_reorder_quantity,
    (SELECT SUM(d.quantity - d.shipped - d.allocated) FROM order_details d JOIN orders o ON o.id = d.order_id
      WHERE d.product_id = s.product_id AND o.status_id IN (0, 1)) AS open
  FROM product_stock s JOIN products p ON p.id = s.product_id ORDER BY s.product_id`);

export const updateBackOrders = sql(`UPDATE product_stock
  SET back_ordered = :back_ordered, low = :low, to_reorder = :to_reorder WHERE product_id = :product_id`);
