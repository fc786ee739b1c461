-- The indexes: those of the original once each, and those that the lists use. The rest of this step is about MariaDB:
-- the columns of step 0001 are exact already. MariaDB needs an index for every foreign key; SQLite does not, so columns
-- that name one of a few fixed values have none here where no list reads by them, and NULLs are left out.

CREATE INDEX customers_city ON customers (city);
CREATE INDEX customers_company ON customers (company);
CREATE INDEX customers_first_name ON customers (first_name);
CREATE INDEX customers_last_name ON customers (last_name);
CREATE INDEX customers_zip_postal_code ON customers (zip_postal_code);
CREATE INDEX customers_state_province ON customers (state_province);

CREATE INDEX employees_city ON employees (city);
CREATE INDEX employees_company ON employees (company);
CREATE INDEX employees_first_name ON employees (first_name);
CREATE INDEX employees_last_name ON employees (last_name);
CREATE INDEX employees_zip_postal_code ON employees (zip_postal_code);
CREATE INDEX employees_state_province ON employees (state_province);

CREATE INDEX suppliers_city ON suppliers (city);
CREATE INDEX suppliers_company ON suppliers (company);
CREATE INDEX suppliers_first_name ON suppliers (first_name);
CREATE INDEX suppliers_last_name ON suppliers (last_name);
CREATE INDEX suppliers_zip_postal_code ON suppliers (zip_postal_code);
CREATE INDEX suppliers_state_province ON suppliers (state_province);

CREATE INDEX shippers_city ON shippers (city);
CREATE INDEX shippers_company ON shippers (company);
CREATE INDEX shippers_first_name ON shippers (first_name);
CREATE INDEX shippers_last_name ON shippers (last_name);
CREATE INDEX shippers_zip_postal_code ON shippers (zip_postal_code);
CREATE INDEX shippers_state_province ON shippers (state_province);

CREATE INDEX products_product_code ON products (product_code);
CREATE INDEX employee_privileges_privilege_id ON employee_privileges (privilege_id);

-- A list reads one index in order, whatever it is filtered by: status, customer, employee, shipper or date, sorted by
-- id or order_date, so that a page costs the same among 50 orders and among millions. Every index ends with the id by
-- itself here, as the id is the rowid; on MariaDB it is written out.
CREATE INDEX orders_by_date ON orders (order_date);
CREATE INDEX orders_by_status ON orders (status_id);
CREATE INDEX orders_by_status_and_date ON orders (status_id, order_date);
CREATE INDEX orders_by_customer ON orders (customer_id);
CREATE INDEX orders_by_customer_and_date ON orders (customer_id, order_date);
CREATE INDEX orders_by_employee ON orders (employee_id);
CREATE INDEX orders_by_employee_and_date ON orders (employee_id, order_date);
CREATE INDEX orders_by_shipper ON orders (shipper_id);
CREATE INDEX orders_by_shipper_and_date ON orders (shipper_id, order_date);

CREATE INDEX order_details_by_product ON order_details (product_id, status_id);
CREATE INDEX order_details_order_id ON order_details (order_id);
CREATE INDEX order_details_purchase_order_id ON order_details (purchase_order_id) WHERE purchase_order_id IS NOT NULL;
CREATE INDEX order_details_inventory_id ON order_details (inventory_id) WHERE inventory_id IS NOT NULL;

CREATE INDEX inventory_transactions_by_product ON inventory_transactions (product_id, transaction_type, quantity);
CREATE INDEX inventory_transactions_customer_order_id ON inventory_transactions (customer_order_id);
CREATE INDEX inventory_transactions_purchase_order_id ON inventory_transactions (purchase_order_id);
CREATE INDEX inventory_transactions_transaction_type ON inventory_transactions (transaction_type);

CREATE INDEX purchase_orders_created_by ON purchase_orders (created_by);
CREATE INDEX purchase_orders_status_id ON purchase_orders (status_id);
CREATE INDEX purchase_orders_supplier_id ON purchase_orders (supplier_id);
CREATE INDEX purchase_orders_approved_by ON purchase_orders (approved_by);
CREATE INDEX purchase_orders_submitted_by ON purchase_orders (submitted_by);

CREATE INDEX purchase_order_details_inventory_id ON purchase_order_details (inventory_id);
CREATE INDEX purchase_order_details_product_id ON purchase_order_details (product_id);
CREATE INDEX purchase_order_details_purchase_order_id ON purchase_order_details (purchase_order_id);

CREATE INDEX invoices_order_id ON invoices (order_id);
