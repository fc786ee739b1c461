-- What setup has done once, e.g. loading the sample company.

CREATE TABLE IF NOT EXISTS setup_steps (
  step VARCHAR(50) NOT NULL PRIMARY KEY,
  done_at DATETIME NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- The fixed values that the rules are written against. A table that has rows is left as it is.

INSERT INTO orders_status (id, status_name)
SELECT * FROM (
  SELECT 0 AS id, 'New' AS status_name
  UNION ALL SELECT 1, 'Invoiced'
  UNION ALL SELECT 2, 'Shipped'
  UNION ALL SELECT 3, 'Closed'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM orders_status);

INSERT INTO orders_tax_status (id, tax_status_name)
SELECT * FROM (
  SELECT 0 AS id, 'Tax Exempt' AS tax_status_name
  UNION ALL SELECT 1, 'Taxable'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM orders_tax_status);

INSERT INTO order_details_status (id, status_name)
SELECT * FROM (
  SELECT 0 AS id, 'None' AS status_name
  UNION ALL SELECT 1, 'Allocated'
  UNION ALL SELECT 2, 'Invoiced'
  UNION ALL SELECT 3, 'Shipped'
  UNION ALL SELECT 4, 'On Order'
  UNION ALL SELECT 5, 'No Stock'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM order_details_status);

INSERT INTO purchase_order_status (id, status)
SELECT * FROM (
  SELECT 0 AS id, 'New' AS status
  UNION ALL SELECT 1, 'Submitted'
  UNION ALL SELECT 2, 'Approved'
  UNION ALL SELECT 3, 'Closed'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM purchase_order_status);

INSERT INTO inventory_transaction_types (id, type_name)
SELECT * FROM (
  SELECT 1 AS id, 'Purchased' AS type_name
  UNION ALL SELECT 2, 'Sold'
  UNION ALL SELECT 3, 'On Hold'
  UNION ALL SELECT 4, 'Waste'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM inventory_transaction_types);

INSERT INTO privileges (id, privilege_name)
SELECT * FROM (
  SELECT 1 AS id, 'Administrator' AS privilege_name
  UNION ALL SELECT 2, 'Purchase Approvals'
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM privileges);

INSERT INTO sales_reports (group_by, display, title, `default`)
SELECT * FROM (
  SELECT 'category' AS group_by, 'Category' AS display, 'Sales by category' AS title, 0 AS `default`
  UNION ALL SELECT 'country_region', 'Country', 'Sales by country', 0
  UNION ALL SELECT 'customer_id', 'Customer', 'Sales by customer', 0
  UNION ALL SELECT 'employee_id', 'Employee', 'Sales by employee', 0
  UNION ALL SELECT 'product_id', 'Product', 'Sales by product', 1
) AS fixed WHERE NOT EXISTS (SELECT 1 FROM sales_reports);
