-- When may a database without records be taken over as step 0001? Each SELECT answers the reasons against it, in words;
-- the first one that answers any ends the take-over, and nothing is changed. Indexes, character sets, display widths,
-- further tables and further nullable columns do not matter.

-- The tables.
WITH expected (table_name) AS (VALUES ('privileges'), ('employees'), ('customers'), ('suppliers'), ('shippers'), ('products'), ('orders_status'), ('orders_tax_status'), ('order_details_status'), ('purchase_order_status'), ('inventory_transaction_types'), ('employee_privileges'), ('orders'), ('purchase_orders'), ('inventory_transactions'), ('order_details'), ('invoices'), ('purchase_order_details'), ('sales_reports'), ('strings'))
SELECT CONCAT('Not a Northwind database: these tables are missing: ', GROUP_CONCAT(e.table_name ORDER BY 1 SEPARATOR ', ')) AS reason
FROM expected AS e
LEFT JOIN information_schema.tables AS t
  ON t.table_schema = DATABASE() AND t.table_name = e.table_name AND t.table_type = 'BASE TABLE'
WHERE t.table_name IS NULL
HAVING COUNT(*) > 0;

-- Their columns: type, whether NULL is allowed ('any' where a known variant of the schema differs), AUTO_INCREMENT.
WITH expected (table_name, column_name, type, nullable, counted) AS (VALUES
  ('privileges', 'id', 'int', 'NO', 1),
  ('privileges', 'privilege_name', 'varchar(50)', 'YES', 0),
  ('employees', 'id', 'int', 'NO', 1),
  ('employees', 'company', 'varchar(50)', 'YES', 0),
  ('employees', 'last_name', 'varchar(50)', 'YES', 0),
  ('employees', 'first_name', 'varchar(50)', 'YES', 0),
  ('employees', 'email_address', 'varchar(50)', 'YES', 0),
  ('employees', 'job_title', 'varchar(50)', 'YES', 0),
  ('employees', 'business_phone', 'varchar(25)', 'YES', 0),
  ('employees', 'home_phone', 'varchar(25)', 'YES', 0),
  ('employees', 'mobile_phone', 'varchar(25)', 'YES', 0),
  ('employees', 'fax_number', 'varchar(25)', 'YES', 0),
  ('employees', 'address', 'longtext', 'YES', 0),
  ('employees', 'city', 'varchar(50)', 'YES', 0),
  ('employees', 'state_province', 'varchar(50)', 'YES', 0),
  ('employees', 'zip_postal_code', 'varchar(15)', 'YES', 0),
  ('employees', 'country_region', 'varchar(50)', 'YES', 0),
  ('employees', 'web_page', 'longtext', 'YES', 0),
  ('employees', 'notes', 'longtext', 'YES', 0),
  ('employees', 'attachments', 'longblob', 'YES', 0),
  ('customers', 'id', 'int', 'NO', 1),
  ('customers', 'company', 'varchar(50)', 'YES', 0),
  ('customers', 'last_name', 'varchar(50)', 'YES', 0),
  ('customers', 'first_name', 'varchar(50)', 'YES', 0),
  ('customers', 'email_address', 'varchar(50)', 'YES', 0),
  ('customers', 'job_title', 'varchar(50)', 'YES', 0),
  ('customers', 'business_phone', 'varchar(25)', 'YES', 0),
  ('customers', 'home_phone', 'varchar(25)', 'YES', 0),
  ('customers', 'mobile_phone', 'varchar(25)', 'YES', 0),
  ('customers', 'fax_number', 'varchar(25)', 'YES', 0),
  ('customers', 'address', 'longtext', 'YES', 0),
  ('customers', 'city', 'varchar(50)', 'YES', 0),
  ('customers', 'state_province', 'varchar(50)', 'YES', 0),
  ('customers', 'zip_postal_code', 'varchar(15)', 'YES', 0),
  ('customers', 'country_region', 'varchar(50)', 'YES', 0),
  ('customers', 'web_page', 'longtext', 'YES', 0),
  ('customers', 'notes', 'longtext', 'YES', 0),
  ('customers', 'attachments', 'longblob', 'YES', 0),
  ('suppliers', 'id', 'int', 'NO', 1),
  ('suppliers', 'company', 'varchar(50)', 'YES', 0),
  ('suppliers', 'last_name', 'varchar(50)', 'YES', 0),
  ('suppliers', 'first_name', 'varchar(50)', 'YES', 0),
  ('suppliers', 'email_address', 'varchar(50)', 'YES', 0),
  ('suppliers', 'job_title', 'varchar(50)', 'YES', 0),
  ('suppliers', 'business_phone', 'varchar(25)', 'YES', 0),
  ('suppliers', 'home_phone', 'varchar(25)', 'YES', 0),
  ('suppliers', 'mobile_phone', 'varchar(25)', 'YES', 0),
  ('suppliers', 'fax_number', 'varchar(25)', 'YES', 0),
  ('suppliers', 'address', 'longtext', 'YES', 0),
  ('suppliers', 'city', 'varchar(50)', 'YES', 0),
  ('suppliers', 'state_province', 'varchar(50)', 'YES', 0),
  ('suppliers', 'zip_postal_code', 'varchar(15)', 'YES', 0),
  ('suppliers', 'country_region', 'varchar(50)', 'YES', 0),
  ('suppliers', 'web_page', 'longtext', 'YES', 0),
  ('suppliers', 'notes', 'longtext', 'YES', 0),
  ('suppliers', 'attachments', 'longblob', 'YES', 0),
  ('shippers', 'id', 'int', 'NO', 1),
  ('shippers', 'company', 'varchar(50)', 'YES', 0),
  ('shippers', 'last_name', 'varchar(50)', 'YES', 0),
  ('shippers', 'first_name', 'varchar(50)', 'YES', 0),
  ('shippers', 'email_address', 'varchar(50)', 'YES', 0),
  ('shippers', 'job_title', 'varchar(50)', 'YES', 0),
  ('shippers', 'business_phone', 'varchar(25)', 'YES', 0),
  ('shippers', 'home_phone', 'varchar(25)', 'YES', 0),
  ('shippers', 'mobile_phone', 'varchar(25)', 'YES', 0),
  ('shippers', 'fax_number', 'varchar(25)', 'YES', 0),
  ('shippers', 'address', 'longtext', 'YES', 0),
  ('shippers', 'city', 'varchar(50)', 'YES', 0),
  ('shippers', 'state_province', 'varchar(50)', 'YES', 0),
  ('shippers', 'zip_postal_code', 'varchar(15)', 'YES', 0),
  ('shippers', 'country_region', 'varchar(50)', 'YES', 0),
  ('shippers', 'web_page', 'longtext', 'YES', 0),
  ('shippers', 'notes', 'longtext', 'YES', 0),
  ('shippers', 'attachments', 'longblob', 'YES', 0),
  ('products', 'supplier_ids', 'longtext', 'YES', 0),
  ('products', 'id', 'int', 'NO', 1),
  ('products', 'product_code', 'varchar(25)', 'YES', 0),
  ('products', 'product_name', 'varchar(50)', 'YES', 0),
  ('products', 'description', 'longtext', 'YES', 0),
  ('products', 'standard_cost', 'decimal(19,4)', 'YES', 0),
  ('products', 'list_price', 'decimal(19,4)', 'NO', 0),
  ('products', 'reorder_level', 'int', 'YES', 0),
  ('products', 'target_level', 'int', 'YES', 0),
  ('products', 'quantity_per_unit', 'varchar(50)', 'YES', 0),
  ('products', 'discontinued', 'tinyint', 'NO', 0),
  ('products', 'minimum_reorder_quantity', 'int', 'YES', 0),
  ('products', 'category', 'varchar(50)', 'YES', 0),
  ('products', 'attachments', 'longblob', 'YES', 0),
  ('orders_status', 'id', 'tinyint', 'NO', 0),
  ('orders_status', 'status_name', 'varchar(50)', 'NO', 0),
  ('orders_tax_status', 'id', 'tinyint', 'NO', 0),
  ('orders_tax_status', 'tax_status_name', 'varchar(50)', 'NO', 0),
  ('order_details_status', 'id', 'int', 'NO', 0),
  ('order_details_status', 'status_name', 'varchar(50)', 'NO', 0),
  ('purchase_order_status', 'id', 'int', 'NO', 0),
  ('purchase_order_status', 'status', 'varchar(50)', 'YES', 0),
  ('inventory_transaction_types', 'id', 'tinyint', 'NO', 0),
  ('inventory_transaction_types', 'type_name', 'varchar(50)', 'NO', 0),
  ('employee_privileges', 'employee_id', 'int', 'NO', 0),
  ('employee_privileges', 'privilege_id', 'int', 'NO', 0),
  ('orders', 'id', 'int', 'NO', 1),
  ('orders', 'employee_id', 'int', 'YES', 0),
  ('orders', 'customer_id', 'int', 'YES', 0),
  ('orders', 'order_date', 'datetime', 'any', 0),
  ('orders', 'shipped_date', 'datetime', 'YES', 0),
  ('orders', 'shipper_id', 'int', 'YES', 0),
  ('orders', 'ship_name', 'varchar(50)', 'YES', 0),
  ('orders', 'ship_address', 'longtext', 'YES', 0),
  ('orders', 'ship_city', 'varchar(50)', 'YES', 0),
  ('orders', 'ship_state_province', 'varchar(50)', 'YES', 0),
  ('orders', 'ship_zip_postal_code', 'varchar(50)', 'YES', 0),
  ('orders', 'ship_country_region', 'varchar(50)', 'YES', 0),
  ('orders', 'shipping_fee', 'decimal(19,4)', 'YES', 0),
  ('orders', 'taxes', 'decimal(19,4)', 'YES', 0),
  ('orders', 'payment_type', 'varchar(50)', 'YES', 0),
  ('orders', 'paid_date', 'datetime', 'YES', 0),
  ('orders', 'notes', 'longtext', 'YES', 0),
  ('orders', 'tax_rate', 'double', 'YES', 0),
  ('orders', 'tax_status_id', 'tinyint', 'YES', 0),
  ('orders', 'status_id', 'tinyint', 'YES', 0),
  ('purchase_orders', 'id', 'int', 'NO', 1),
  ('purchase_orders', 'supplier_id', 'int', 'YES', 0),
  ('purchase_orders', 'created_by', 'int', 'YES', 0),
  ('purchase_orders', 'submitted_date', 'datetime', 'YES', 0),
  ('purchase_orders', 'creation_date', 'datetime', 'any', 0),
  ('purchase_orders', 'status_id', 'int', 'YES', 0),
  ('purchase_orders', 'expected_date', 'datetime', 'YES', 0),
  ('purchase_orders', 'shipping_fee', 'decimal(19,4)', 'NO', 0),
  ('purchase_orders', 'taxes', 'decimal(19,4)', 'NO', 0),
  ('purchase_orders', 'payment_date', 'datetime', 'YES', 0),
  ('purchase_orders', 'payment_amount', 'decimal(19,4)', 'YES', 0),
  ('purchase_orders', 'payment_method', 'varchar(50)', 'YES', 0),
  ('purchase_orders', 'notes', 'longtext', 'YES', 0),
  ('purchase_orders', 'approved_by', 'int', 'YES', 0),
  ('purchase_orders', 'approved_date', 'datetime', 'YES', 0),
  ('purchase_orders', 'submitted_by', 'int', 'YES', 0),
  ('inventory_transactions', 'id', 'int', 'NO', 1),
  ('inventory_transactions', 'transaction_type', 'tinyint', 'NO', 0),
  ('inventory_transactions', 'transaction_created_date', 'datetime', 'any', 0),
  ('inventory_transactions', 'transaction_modified_date', 'datetime', 'any', 0),
  ('inventory_transactions', 'product_id', 'int', 'NO', 0),
  ('inventory_transactions', 'quantity', 'int', 'NO', 0),
  ('inventory_transactions', 'purchase_order_id', 'int', 'YES', 0),
  ('inventory_transactions', 'customer_order_id', 'int', 'YES', 0),
  ('inventory_transactions', 'comments', 'varchar(255)', 'YES', 0),
  ('order_details', 'id', 'int', 'NO', 1),
  ('order_details', 'order_id', 'int', 'NO', 0),
  ('order_details', 'product_id', 'int', 'YES', 0),
  ('order_details', 'quantity', 'decimal(18,4)', 'NO', 0),
  ('order_details', 'unit_price', 'decimal(19,4)', 'YES', 0),
  ('order_details', 'discount', 'double', 'NO', 0),
  ('order_details', 'status_id', 'int', 'YES', 0),
  ('order_details', 'date_allocated', 'datetime', 'YES', 0),
  ('order_details', 'purchase_order_id', 'int', 'YES', 0),
  ('order_details', 'inventory_id', 'int', 'YES', 0),
  ('invoices', 'id', 'int', 'NO', 1),
  ('invoices', 'order_id', 'int', 'YES', 0),
  ('invoices', 'invoice_date', 'datetime', 'any', 0),
  ('invoices', 'due_date', 'datetime', 'YES', 0),
  ('invoices', 'tax', 'decimal(19,4)', 'YES', 0),
  ('invoices', 'shipping', 'decimal(19,4)', 'YES', 0),
  ('invoices', 'amount_due', 'decimal(19,4)', 'YES', 0),
  ('purchase_order_details', 'id', 'int', 'NO', 1),
  ('purchase_order_details', 'purchase_order_id', 'int', 'NO', 0),
  ('purchase_order_details', 'product_id', 'int', 'YES', 0),
  ('purchase_order_details', 'quantity', 'decimal(18,4)', 'NO', 0),
  ('purchase_order_details', 'unit_cost', 'decimal(19,4)', 'NO', 0),
  ('purchase_order_details', 'date_received', 'datetime', 'YES', 0),
  ('purchase_order_details', 'posted_to_inventory', 'tinyint', 'NO', 0),
  ('purchase_order_details', 'inventory_id', 'int', 'YES', 0),
  ('sales_reports', 'group_by', 'varchar(50)', 'NO', 0),
  ('sales_reports', 'display', 'varchar(50)', 'YES', 0),
  ('sales_reports', 'title', 'varchar(50)', 'YES', 0),
  ('sales_reports', 'filter_row_source', 'longtext', 'YES', 0),
  ('sales_reports', 'default', 'tinyint', 'NO', 0),
  ('strings', 'string_id', 'int', 'NO', 1),
  ('strings', 'string_data', 'varchar(255)', 'YES', 0)
), actual AS (
  SELECT table_name, column_name, is_nullable, extra,
    IF(data_type IN ('int', 'tinyint'), REGEXP_REPLACE(column_type, '^(tinyint|int)[(][0-9]+[)]', data_type), column_type) AS type
  FROM information_schema.columns
  WHERE table_schema = DATABASE()
)
SELECT CASE
  WHEN a.column_name IS NULL THEN CONCAT('Column ', e.table_name, '.', e.column_name, ' is missing.')
  WHEN a.type <> e.type THEN CONCAT('Column ', e.table_name, '.', e.column_name, ' is ', a.type, ', expected ', e.type, '.')
  WHEN e.counted AND a.extra NOT LIKE '%auto_increment%' THEN CONCAT('Column ', e.table_name, '.', e.column_name, ' is not AUTO_INCREMENT.')
  ELSE CONCAT('Column ', e.table_name, '.', e.column_name, IF(e.nullable = 'YES', ' must allow NULL.', ' must not allow NULL.'))
END AS reason
FROM expected AS e
LEFT JOIN actual AS a ON a.table_name = e.table_name AND a.column_name = e.column_name
WHERE a.column_name IS NULL OR a.type <> e.type OR (e.nullable <> 'any' AND a.is_nullable <> e.nullable)
  OR (e.counted AND a.extra NOT LIKE '%auto_increment%')
UNION ALL
SELECT CONCAT('Column ', c.table_name, '.', c.column_name, ' is not Northwind''s and must have a value in every new row.')
FROM information_schema.columns AS c
JOIN (SELECT DISTINCT table_name FROM expected) AS t ON t.table_name = c.table_name
LEFT JOIN expected AS e ON e.table_name = c.table_name AND e.column_name = c.column_name
WHERE c.table_schema = DATABASE() AND e.column_name IS NULL AND c.is_nullable = 'NO' AND c.column_default IS NULL
  AND c.is_generated = 'NEVER'
UNION ALL
SELECT CONCAT('The name ', table_name, '.search_text is taken.') FROM information_schema.columns
WHERE table_schema = DATABASE() AND column_name = 'search_text' AND table_name IN ('customers', 'employees', 'suppliers', 'shippers', 'products', 'orders')
UNION ALL
SELECT 'The name setup_steps is taken.' FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'setup_steps';

-- What holds them together: transactions, primary keys, foreign keys.
WITH keys_expected (table_name, columns) AS (VALUES
  ('privileges', 'id'),
  ('employees', 'id'),
  ('customers', 'id'),
  ('suppliers', 'id'),
  ('shippers', 'id'),
  ('products', 'id'),
  ('orders_status', 'id'),
  ('orders_tax_status', 'id'),
  ('order_details_status', 'id'),
  ('purchase_order_status', 'id'),
  ('inventory_transaction_types', 'id'),
  ('employee_privileges', 'employee_id,privilege_id'),
  ('orders', 'id'),
  ('purchase_orders', 'id'),
  ('inventory_transactions', 'id'),
  ('order_details', 'id'),
  ('invoices', 'id'),
  ('purchase_order_details', 'id'),
  ('sales_reports', 'group_by'),
  ('strings', 'string_id')
)
SELECT CONCAT('Table ', e.table_name, ' uses ', t.engine, ': run ALTER TABLE ', e.table_name, ' ENGINE = InnoDB.') AS reason
FROM keys_expected AS e
JOIN information_schema.tables AS t ON t.table_schema = DATABASE() AND t.table_name = e.table_name
WHERE t.engine <> 'InnoDB'
UNION ALL
SELECT CONCAT('The primary key of ', e.table_name, ' must be (', e.columns, ').')
FROM keys_expected AS e
LEFT JOIN (
  SELECT table_name, GROUP_CONCAT(column_name ORDER BY seq_in_index) AS columns
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND index_name = 'PRIMARY'
  GROUP BY table_name
) AS s ON s.table_name = e.table_name
WHERE s.columns IS NULL OR s.columns <> e.columns;

WITH expected (table_name, column_name, parent) AS (VALUES
  ('employee_privileges', 'employee_id', 'employees'),
  ('employee_privileges', 'privilege_id', 'privileges'),
  ('orders', 'customer_id', 'customers'),
  ('orders', 'employee_id', 'employees'),
  ('orders', 'shipper_id', 'shippers'),
  ('orders', 'tax_status_id', 'orders_tax_status'),
  ('orders', 'status_id', 'orders_status'),
  ('purchase_orders', 'created_by', 'employees'),
  ('purchase_orders', 'status_id', 'purchase_order_status'),
  ('purchase_orders', 'supplier_id', 'suppliers'),
  ('inventory_transactions', 'customer_order_id', 'orders'),
  ('inventory_transactions', 'product_id', 'products'),
  ('inventory_transactions', 'purchase_order_id', 'purchase_orders'),
  ('inventory_transactions', 'transaction_type', 'inventory_transaction_types'),
  ('order_details', 'order_id', 'orders'),
  ('order_details', 'product_id', 'products'),
  ('order_details', 'status_id', 'order_details_status'),
  ('invoices', 'order_id', 'orders'),
  ('purchase_order_details', 'inventory_id', 'inventory_transactions'),
  ('purchase_order_details', 'product_id', 'products'),
  ('purchase_order_details', 'purchase_order_id', 'purchase_orders')
)
SELECT CONCAT('The foreign key of ', e.table_name, '.', e.column_name, ' is missing: run ALTER TABLE ', e.table_name,
  ' ADD FOREIGN KEY (', e.column_name, ') REFERENCES ', e.parent, ' (id).') AS reason
FROM expected AS e
LEFT JOIN information_schema.key_column_usage AS k
  ON k.table_schema = DATABASE() AND k.table_name = e.table_name AND k.column_name = e.column_name
  AND k.referenced_table_name = e.parent AND k.referenced_column_name = 'id'
WHERE k.column_name IS NULL;

-- The fixed values: a table that has any must have all.
WITH expected (name, id) AS (VALUES
  ('orders_status', 0), ('orders_status', 1), ('orders_status', 2), ('orders_status', 3),
  ('orders_tax_status', 0), ('orders_tax_status', 1),
  ('order_details_status', 0), ('order_details_status', 1), ('order_details_status', 2), ('order_details_status', 3), ('order_details_status', 4), ('order_details_status', 5),
  ('purchase_order_status', 0), ('purchase_order_status', 1), ('purchase_order_status', 2), ('purchase_order_status', 3),
  ('inventory_transaction_types', 1), ('inventory_transaction_types', 2), ('inventory_transaction_types', 3), ('inventory_transaction_types', 4)
)
SELECT CONCAT('Table orders_status has no row with id ', e.id, ', which the rules need.') AS reason FROM expected AS e
WHERE e.name = 'orders_status' AND EXISTS (SELECT 1 FROM orders_status) AND e.id NOT IN (SELECT id FROM orders_status)
UNION ALL
SELECT CONCAT('Table orders_tax_status has no row with id ', e.id, ', which the rules need.') AS reason FROM expected AS e
WHERE e.name = 'orders_tax_status' AND EXISTS (SELECT 1 FROM orders_tax_status) AND e.id NOT IN (SELECT id FROM orders_tax_status)
UNION ALL
SELECT CONCAT('Table order_details_status has no row with id ', e.id, ', which the rules need.') AS reason FROM expected AS e
WHERE e.name = 'order_details_status' AND EXISTS (SELECT 1 FROM order_details_status) AND e.id NOT IN (SELECT id FROM order_details_status)
UNION ALL
SELECT CONCAT('Table purchase_order_status has no row with id ', e.id, ', which the rules need.') AS reason FROM expected AS e
WHERE e.name = 'purchase_order_status' AND EXISTS (SELECT 1 FROM purchase_order_status) AND e.id NOT IN (SELECT id FROM purchase_order_status)
UNION ALL
SELECT CONCAT('Table inventory_transaction_types has no row with id ', e.id, ', which the rules need.') AS reason FROM expected AS e
WHERE e.name = 'inventory_transaction_types' AND EXISTS (SELECT 1 FROM inventory_transaction_types) AND e.id NOT IN (SELECT id FROM inventory_transaction_types);

-- The rows. A fraction that is not exact in 4 decimals would change its value.
SELECT CONCAT(COUNT(*), ' rows of orders hold a tax_rate with more than 4 decimals, which would be lost. Show them with: SELECT * FROM orders WHERE ABS(tax_rate) >= 1e15 OR tax_rate <> CAST(tax_rate AS DECIMAL(19,4))') AS reason
FROM orders WHERE ABS(tax_rate) >= 1e15 OR tax_rate <> CAST(tax_rate AS DECIMAL(19,4)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details hold a discount with more than 4 decimals, which would be lost. Show them with: SELECT * FROM order_details WHERE ABS(discount) >= 1e15 OR discount <> CAST(discount AS DECIMAL(19,4))') AS reason
FROM order_details WHERE ABS(discount) >= 1e15 OR discount <> CAST(discount AS DECIMAL(19,4)) HAVING COUNT(*) > 0;

-- MariaDB can be made to store days that do not exist.
SELECT CONCAT(COUNT(*), ' rows of orders hold a order_date that is no date. Show them with: SELECT * FROM orders WHERE LAST_DAY(order_date) IS NULL AND order_date IS NOT NULL OR DAY(order_date) = 0 OR DAY(order_date) > DAY(LAST_DAY(order_date))') AS reason
FROM orders WHERE LAST_DAY(order_date) IS NULL AND order_date IS NOT NULL OR DAY(order_date) = 0 OR DAY(order_date) > DAY(LAST_DAY(order_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders hold a shipped_date that is no date. Show them with: SELECT * FROM orders WHERE LAST_DAY(shipped_date) IS NULL AND shipped_date IS NOT NULL OR DAY(shipped_date) = 0 OR DAY(shipped_date) > DAY(LAST_DAY(shipped_date))') AS reason
FROM orders WHERE LAST_DAY(shipped_date) IS NULL AND shipped_date IS NOT NULL OR DAY(shipped_date) = 0 OR DAY(shipped_date) > DAY(LAST_DAY(shipped_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders hold a paid_date that is no date. Show them with: SELECT * FROM orders WHERE LAST_DAY(paid_date) IS NULL AND paid_date IS NOT NULL OR DAY(paid_date) = 0 OR DAY(paid_date) > DAY(LAST_DAY(paid_date))') AS reason
FROM orders WHERE LAST_DAY(paid_date) IS NULL AND paid_date IS NOT NULL OR DAY(paid_date) = 0 OR DAY(paid_date) > DAY(LAST_DAY(paid_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders hold a submitted_date that is no date. Show them with: SELECT * FROM purchase_orders WHERE LAST_DAY(submitted_date) IS NULL AND submitted_date IS NOT NULL OR DAY(submitted_date) = 0 OR DAY(submitted_date) > DAY(LAST_DAY(submitted_date))') AS reason
FROM purchase_orders WHERE LAST_DAY(submitted_date) IS NULL AND submitted_date IS NOT NULL OR DAY(submitted_date) = 0 OR DAY(submitted_date) > DAY(LAST_DAY(submitted_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders hold a creation_date that is no date. Show them with: SELECT * FROM purchase_orders WHERE LAST_DAY(creation_date) IS NULL AND creation_date IS NOT NULL OR DAY(creation_date) = 0 OR DAY(creation_date) > DAY(LAST_DAY(creation_date))') AS reason
FROM purchase_orders WHERE LAST_DAY(creation_date) IS NULL AND creation_date IS NOT NULL OR DAY(creation_date) = 0 OR DAY(creation_date) > DAY(LAST_DAY(creation_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders hold a expected_date that is no date. Show them with: SELECT * FROM purchase_orders WHERE LAST_DAY(expected_date) IS NULL AND expected_date IS NOT NULL OR DAY(expected_date) = 0 OR DAY(expected_date) > DAY(LAST_DAY(expected_date))') AS reason
FROM purchase_orders WHERE LAST_DAY(expected_date) IS NULL AND expected_date IS NOT NULL OR DAY(expected_date) = 0 OR DAY(expected_date) > DAY(LAST_DAY(expected_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders hold a payment_date that is no date. Show them with: SELECT * FROM purchase_orders WHERE LAST_DAY(payment_date) IS NULL AND payment_date IS NOT NULL OR DAY(payment_date) = 0 OR DAY(payment_date) > DAY(LAST_DAY(payment_date))') AS reason
FROM purchase_orders WHERE LAST_DAY(payment_date) IS NULL AND payment_date IS NOT NULL OR DAY(payment_date) = 0 OR DAY(payment_date) > DAY(LAST_DAY(payment_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders hold a approved_date that is no date. Show them with: SELECT * FROM purchase_orders WHERE LAST_DAY(approved_date) IS NULL AND approved_date IS NOT NULL OR DAY(approved_date) = 0 OR DAY(approved_date) > DAY(LAST_DAY(approved_date))') AS reason
FROM purchase_orders WHERE LAST_DAY(approved_date) IS NULL AND approved_date IS NOT NULL OR DAY(approved_date) = 0 OR DAY(approved_date) > DAY(LAST_DAY(approved_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions hold a transaction_created_date that is no date. Show them with: SELECT * FROM inventory_transactions WHERE LAST_DAY(transaction_created_date) IS NULL AND transaction_created_date IS NOT NULL OR DAY(transaction_created_date) = 0 OR DAY(transaction_created_date) > DAY(LAST_DAY(transaction_created_date))') AS reason
FROM inventory_transactions WHERE LAST_DAY(transaction_created_date) IS NULL AND transaction_created_date IS NOT NULL OR DAY(transaction_created_date) = 0 OR DAY(transaction_created_date) > DAY(LAST_DAY(transaction_created_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions hold a transaction_modified_date that is no date. Show them with: SELECT * FROM inventory_transactions WHERE LAST_DAY(transaction_modified_date) IS NULL AND transaction_modified_date IS NOT NULL OR DAY(transaction_modified_date) = 0 OR DAY(transaction_modified_date) > DAY(LAST_DAY(transaction_modified_date))') AS reason
FROM inventory_transactions WHERE LAST_DAY(transaction_modified_date) IS NULL AND transaction_modified_date IS NOT NULL OR DAY(transaction_modified_date) = 0 OR DAY(transaction_modified_date) > DAY(LAST_DAY(transaction_modified_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details hold a date_allocated that is no date. Show them with: SELECT * FROM order_details WHERE LAST_DAY(date_allocated) IS NULL AND date_allocated IS NOT NULL OR DAY(date_allocated) = 0 OR DAY(date_allocated) > DAY(LAST_DAY(date_allocated))') AS reason
FROM order_details WHERE LAST_DAY(date_allocated) IS NULL AND date_allocated IS NOT NULL OR DAY(date_allocated) = 0 OR DAY(date_allocated) > DAY(LAST_DAY(date_allocated)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of invoices hold a invoice_date that is no date. Show them with: SELECT * FROM invoices WHERE LAST_DAY(invoice_date) IS NULL AND invoice_date IS NOT NULL OR DAY(invoice_date) = 0 OR DAY(invoice_date) > DAY(LAST_DAY(invoice_date))') AS reason
FROM invoices WHERE LAST_DAY(invoice_date) IS NULL AND invoice_date IS NOT NULL OR DAY(invoice_date) = 0 OR DAY(invoice_date) > DAY(LAST_DAY(invoice_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of invoices hold a due_date that is no date. Show them with: SELECT * FROM invoices WHERE LAST_DAY(due_date) IS NULL AND due_date IS NOT NULL OR DAY(due_date) = 0 OR DAY(due_date) > DAY(LAST_DAY(due_date))') AS reason
FROM invoices WHERE LAST_DAY(due_date) IS NULL AND due_date IS NOT NULL OR DAY(due_date) = 0 OR DAY(due_date) > DAY(LAST_DAY(due_date)) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_order_details hold a date_received that is no date. Show them with: SELECT * FROM purchase_order_details WHERE LAST_DAY(date_received) IS NULL AND date_received IS NOT NULL OR DAY(date_received) = 0 OR DAY(date_received) > DAY(LAST_DAY(date_received))') AS reason
FROM purchase_order_details WHERE LAST_DAY(date_received) IS NULL AND date_received IS NOT NULL OR DAY(date_received) = 0 OR DAY(date_received) > DAY(LAST_DAY(date_received)) HAVING COUNT(*) > 0;

-- Access writes -1 for true.
SELECT CONCAT(COUNT(*), ' rows of products hold a discontinued that is neither 0 nor 1. Show them with: SELECT * FROM products WHERE discontinued NOT IN (0, 1)') AS reason
FROM products WHERE discontinued NOT IN (0, 1) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_order_details hold a posted_to_inventory that is neither 0 nor 1. Show them with: SELECT * FROM purchase_order_details WHERE posted_to_inventory NOT IN (0, 1)') AS reason
FROM purchase_order_details WHERE posted_to_inventory NOT IN (0, 1) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of sales_reports hold a default that is neither 0 nor 1. Show them with: SELECT * FROM sales_reports WHERE `default` NOT IN (0, 1)') AS reason
FROM sales_reports WHERE `default` NOT IN (0, 1) HAVING COUNT(*) > 0;

-- Rows may have been loaded with the foreign keys switched off; the last four get theirs in step 0002.
SELECT CONCAT(COUNT(*), ' rows of employee_privileges name a employee_id that is not in employees. Show them with: SELECT * FROM employee_privileges WHERE employee_id IS NOT NULL AND employee_id NOT IN (SELECT id FROM employees)') AS reason
FROM employee_privileges WHERE employee_id IS NOT NULL AND employee_id NOT IN (SELECT id FROM employees) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of employee_privileges name a privilege_id that is not in privileges. Show them with: SELECT * FROM employee_privileges WHERE privilege_id IS NOT NULL AND privilege_id NOT IN (SELECT id FROM privileges)') AS reason
FROM employee_privileges WHERE privilege_id IS NOT NULL AND privilege_id NOT IN (SELECT id FROM privileges) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders name a customer_id that is not in customers. Show them with: SELECT * FROM orders WHERE customer_id IS NOT NULL AND customer_id NOT IN (SELECT id FROM customers)') AS reason
FROM orders WHERE customer_id IS NOT NULL AND customer_id NOT IN (SELECT id FROM customers) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders name a employee_id that is not in employees. Show them with: SELECT * FROM orders WHERE employee_id IS NOT NULL AND employee_id NOT IN (SELECT id FROM employees)') AS reason
FROM orders WHERE employee_id IS NOT NULL AND employee_id NOT IN (SELECT id FROM employees) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders name a shipper_id that is not in shippers. Show them with: SELECT * FROM orders WHERE shipper_id IS NOT NULL AND shipper_id NOT IN (SELECT id FROM shippers)') AS reason
FROM orders WHERE shipper_id IS NOT NULL AND shipper_id NOT IN (SELECT id FROM shippers) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders name a tax_status_id that is not in orders_tax_status. Show them with: SELECT * FROM orders WHERE tax_status_id IS NOT NULL AND tax_status_id NOT IN (SELECT id FROM orders_tax_status)') AS reason
FROM orders WHERE tax_status_id IS NOT NULL AND tax_status_id NOT IN (SELECT id FROM orders_tax_status) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of orders name a status_id that is not in orders_status. Show them with: SELECT * FROM orders WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM orders_status)') AS reason
FROM orders WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM orders_status) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders name a created_by that is not in employees. Show them with: SELECT * FROM purchase_orders WHERE created_by IS NOT NULL AND created_by NOT IN (SELECT id FROM employees)') AS reason
FROM purchase_orders WHERE created_by IS NOT NULL AND created_by NOT IN (SELECT id FROM employees) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders name a status_id that is not in purchase_order_status. Show them with: SELECT * FROM purchase_orders WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM purchase_order_status)') AS reason
FROM purchase_orders WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM purchase_order_status) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders name a supplier_id that is not in suppliers. Show them with: SELECT * FROM purchase_orders WHERE supplier_id IS NOT NULL AND supplier_id NOT IN (SELECT id FROM suppliers)') AS reason
FROM purchase_orders WHERE supplier_id IS NOT NULL AND supplier_id NOT IN (SELECT id FROM suppliers) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions name a customer_order_id that is not in orders. Show them with: SELECT * FROM inventory_transactions WHERE customer_order_id IS NOT NULL AND customer_order_id NOT IN (SELECT id FROM orders)') AS reason
FROM inventory_transactions WHERE customer_order_id IS NOT NULL AND customer_order_id NOT IN (SELECT id FROM orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions name a product_id that is not in products. Show them with: SELECT * FROM inventory_transactions WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products)') AS reason
FROM inventory_transactions WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions name a purchase_order_id that is not in purchase_orders. Show them with: SELECT * FROM inventory_transactions WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders)') AS reason
FROM inventory_transactions WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of inventory_transactions name a transaction_type that is not in inventory_transaction_types. Show them with: SELECT * FROM inventory_transactions WHERE transaction_type IS NOT NULL AND transaction_type NOT IN (SELECT id FROM inventory_transaction_types)') AS reason
FROM inventory_transactions WHERE transaction_type IS NOT NULL AND transaction_type NOT IN (SELECT id FROM inventory_transaction_types) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details name a order_id that is not in orders. Show them with: SELECT * FROM order_details WHERE order_id IS NOT NULL AND order_id NOT IN (SELECT id FROM orders)') AS reason
FROM order_details WHERE order_id IS NOT NULL AND order_id NOT IN (SELECT id FROM orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details name a product_id that is not in products. Show them with: SELECT * FROM order_details WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products)') AS reason
FROM order_details WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details name a status_id that is not in order_details_status. Show them with: SELECT * FROM order_details WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM order_details_status)') AS reason
FROM order_details WHERE status_id IS NOT NULL AND status_id NOT IN (SELECT id FROM order_details_status) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of invoices name a order_id that is not in orders. Show them with: SELECT * FROM invoices WHERE order_id IS NOT NULL AND order_id NOT IN (SELECT id FROM orders)') AS reason
FROM invoices WHERE order_id IS NOT NULL AND order_id NOT IN (SELECT id FROM orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_order_details name a inventory_id that is not in inventory_transactions. Show them with: SELECT * FROM purchase_order_details WHERE inventory_id IS NOT NULL AND inventory_id NOT IN (SELECT id FROM inventory_transactions)') AS reason
FROM purchase_order_details WHERE inventory_id IS NOT NULL AND inventory_id NOT IN (SELECT id FROM inventory_transactions) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_order_details name a product_id that is not in products. Show them with: SELECT * FROM purchase_order_details WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products)') AS reason
FROM purchase_order_details WHERE product_id IS NOT NULL AND product_id NOT IN (SELECT id FROM products) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_order_details name a purchase_order_id that is not in purchase_orders. Show them with: SELECT * FROM purchase_order_details WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders)') AS reason
FROM purchase_order_details WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details name a purchase_order_id that is not in purchase_orders. Show them with: SELECT * FROM order_details WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders)') AS reason
FROM order_details WHERE purchase_order_id IS NOT NULL AND purchase_order_id NOT IN (SELECT id FROM purchase_orders) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of order_details name a inventory_id that is not in inventory_transactions. Show them with: SELECT * FROM order_details WHERE inventory_id IS NOT NULL AND inventory_id NOT IN (SELECT id FROM inventory_transactions)') AS reason
FROM order_details WHERE inventory_id IS NOT NULL AND inventory_id NOT IN (SELECT id FROM inventory_transactions) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders name a approved_by that is not in employees. Show them with: SELECT * FROM purchase_orders WHERE approved_by IS NOT NULL AND approved_by NOT IN (SELECT id FROM employees)') AS reason
FROM purchase_orders WHERE approved_by IS NOT NULL AND approved_by NOT IN (SELECT id FROM employees) HAVING COUNT(*) > 0
UNION ALL
SELECT CONCAT(COUNT(*), ' rows of purchase_orders name a submitted_by that is not in employees. Show them with: SELECT * FROM purchase_orders WHERE submitted_by IS NOT NULL AND submitted_by NOT IN (SELECT id FROM employees)') AS reason
FROM purchase_orders WHERE submitted_by IS NOT NULL AND submitted_by NOT IN (SELECT id FROM employees) HAVING COUNT(*) > 0;
