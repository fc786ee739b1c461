-- The Northwind schema: the 20 tables that a Northwind database in MariaDB has, with their names, columns and order.
-- An existing database is taken over as this step (0001_northwind.adopt.sql says when), so it stays what that is;
-- everything better comes in the steps after it.

CREATE TABLE IF NOT EXISTS privileges (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  privilege_name VARCHAR(50) NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS employees (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company VARCHAR(50) NULL,
  last_name VARCHAR(50) NULL,
  first_name VARCHAR(50) NULL,
  email_address VARCHAR(50) NULL,
  job_title VARCHAR(50) NULL,
  business_phone VARCHAR(25) NULL,
  home_phone VARCHAR(25) NULL,
  mobile_phone VARCHAR(25) NULL,
  fax_number VARCHAR(25) NULL,
  address LONGTEXT NULL,
  city VARCHAR(50) NULL,
  state_province VARCHAR(50) NULL,
  zip_postal_code VARCHAR(15) NULL,
  country_region VARCHAR(50) NULL,
  web_page LONGTEXT NULL,
  notes LONGTEXT NULL,
  attachments LONGBLOB NULL,
  INDEX city (city),
  INDEX company (company),
  INDEX first_name (first_name),
  INDEX last_name (last_name),
  INDEX zip_postal_code (zip_postal_code),
  INDEX state_province (state_province)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS customers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company VARCHAR(50) NULL,
  last_name VARCHAR(50) NULL,
  first_name VARCHAR(50) NULL,
  email_address VARCHAR(50) NULL,
  job_title VARCHAR(50) NULL,
  business_phone VARCHAR(25) NULL,
  home_phone VARCHAR(25) NULL,
  mobile_phone VARCHAR(25) NULL,
  fax_number VARCHAR(25) NULL,
  address LONGTEXT NULL,
  city VARCHAR(50) NULL,
  state_province VARCHAR(50) NULL,
  zip_postal_code VARCHAR(15) NULL,
  country_region VARCHAR(50) NULL,
  web_page LONGTEXT NULL,
  notes LONGTEXT NULL,
  attachments LONGBLOB NULL,
  INDEX city (city),
  INDEX company (company),
  INDEX first_name (first_name),
  INDEX last_name (last_name),
  INDEX zip_postal_code (zip_postal_code),
  INDEX state_province (state_province)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS suppliers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company VARCHAR(50) NULL,
  last_name VARCHAR(50) NULL,
  first_name VARCHAR(50) NULL,
  email_address VARCHAR(50) NULL,
  job_title VARCHAR(50) NULL,
  business_phone VARCHAR(25) NULL,
  home_phone VARCHAR(25) NULL,
  mobile_phone VARCHAR(25) NULL,
  fax_number VARCHAR(25) NULL,
  address LONGTEXT NULL,
  city VARCHAR(50) NULL,
  state_province VARCHAR(50) NULL,
  zip_postal_code VARCHAR(15) NULL,
  country_region VARCHAR(50) NULL,
  web_page LONGTEXT NULL,
  notes LONGTEXT NULL,
  attachments LONGBLOB NULL,
  INDEX city (city),
  INDEX company (company),
  INDEX first_name (first_name),
  INDEX last_name (last_name),
  INDEX zip_postal_code (zip_postal_code),
  INDEX state_province (state_province)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS shippers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  company VARCHAR(50) NULL,
  last_name VARCHAR(50) NULL,
  first_name VARCHAR(50) NULL,
  email_address VARCHAR(50) NULL,
  job_title VARCHAR(50) NULL,
  business_phone VARCHAR(25) NULL,
  home_phone VARCHAR(25) NULL,
  mobile_phone VARCHAR(25) NULL,
  fax_number VARCHAR(25) NULL,
  address LONGTEXT NULL,
  city VARCHAR(50) NULL,
  state_province VARCHAR(50) NULL,
  zip_postal_code VARCHAR(15) NULL,
  country_region VARCHAR(50) NULL,
  web_page LONGTEXT NULL,
  notes LONGTEXT NULL,
  attachments LONGBLOB NULL,
  INDEX city (city),
  INDEX company (company),
  INDEX first_name (first_name),
  INDEX last_name (last_name),
  INDEX zip_postal_code (zip_postal_code),
  INDEX state_province (state_province)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS products (
  supplier_ids LONGTEXT NULL,
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  product_code VARCHAR(25) NULL,
  product_name VARCHAR(50) NULL,
  description LONGTEXT NULL,
  standard_cost DECIMAL(19,4) NULL DEFAULT 0,
  list_price DECIMAL(19,4) NOT NULL DEFAULT 0,
  reorder_level INT NULL,
  target_level INT NULL,
  quantity_per_unit VARCHAR(50) NULL,
  discontinued TINYINT(1) NOT NULL DEFAULT 0,
  minimum_reorder_quantity INT NULL,
  category VARCHAR(50) NULL,
  attachments LONGBLOB NULL,
  INDEX product_code (product_code)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS orders_status (
  id TINYINT NOT NULL PRIMARY KEY,
  status_name VARCHAR(50) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS orders_tax_status (
  id TINYINT NOT NULL PRIMARY KEY,
  tax_status_name VARCHAR(50) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS order_details_status (
  id INT NOT NULL PRIMARY KEY,
  status_name VARCHAR(50) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS purchase_order_status (
  id INT NOT NULL PRIMARY KEY,
  status VARCHAR(50) NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS inventory_transaction_types (
  id TINYINT NOT NULL PRIMARY KEY,
  type_name VARCHAR(50) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS employee_privileges (
  employee_id INT NOT NULL,
  privilege_id INT NOT NULL,
  PRIMARY KEY (employee_id, privilege_id),
  INDEX privilege_id (privilege_id),
  CONSTRAINT fk_employee_privileges_employees1 FOREIGN KEY (employee_id) REFERENCES employees (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_employee_privileges_privileges1 FOREIGN KEY (privilege_id) REFERENCES privileges (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS orders (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  employee_id INT NULL,
  customer_id INT NULL,
  order_date DATETIME NULL,
  shipped_date DATETIME NULL,
  shipper_id INT NULL,
  ship_name VARCHAR(50) NULL,
  ship_address LONGTEXT NULL,
  ship_city VARCHAR(50) NULL,
  ship_state_province VARCHAR(50) NULL,
  ship_zip_postal_code VARCHAR(50) NULL,
  ship_country_region VARCHAR(50) NULL,
  shipping_fee DECIMAL(19,4) NULL DEFAULT 0,
  taxes DECIMAL(19,4) NULL DEFAULT 0,
  payment_type VARCHAR(50) NULL,
  paid_date DATETIME NULL,
  notes LONGTEXT NULL,
  tax_rate DOUBLE NULL DEFAULT 0,
  tax_status_id TINYINT NULL,
  status_id TINYINT NULL DEFAULT 0,
  INDEX customer_id (customer_id),
  INDEX employee_id (employee_id),
  INDEX shipper_id (shipper_id),
  INDEX status_id (status_id),
  INDEX tax_status (tax_status_id),
  CONSTRAINT fk_orders_customers FOREIGN KEY (customer_id) REFERENCES customers (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_orders_employees1 FOREIGN KEY (employee_id) REFERENCES employees (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_orders_shippers1 FOREIGN KEY (shipper_id) REFERENCES shippers (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_orders_orders_tax_status1 FOREIGN KEY (tax_status_id) REFERENCES orders_tax_status (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_orders_orders_status1 FOREIGN KEY (status_id) REFERENCES orders_status (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS purchase_orders (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  supplier_id INT NULL,
  created_by INT NULL,
  submitted_date DATETIME NULL,
  creation_date DATETIME NULL,
  status_id INT NULL DEFAULT 0,
  expected_date DATETIME NULL,
  shipping_fee DECIMAL(19,4) NOT NULL DEFAULT 0,
  taxes DECIMAL(19,4) NOT NULL DEFAULT 0,
  payment_date DATETIME NULL,
  payment_amount DECIMAL(19,4) NULL DEFAULT 0,
  payment_method VARCHAR(50) NULL,
  notes LONGTEXT NULL,
  approved_by INT NULL,
  approved_date DATETIME NULL,
  submitted_by INT NULL,
  INDEX created_by (created_by),
  INDEX status_id (status_id),
  INDEX supplier_id (supplier_id),
  CONSTRAINT fk_purchase_orders_employees1 FOREIGN KEY (created_by) REFERENCES employees (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_purchase_orders_purchase_order_status1 FOREIGN KEY (status_id) REFERENCES purchase_order_status (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_purchase_orders_suppliers1 FOREIGN KEY (supplier_id) REFERENCES suppliers (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS inventory_transactions (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  transaction_type TINYINT NOT NULL,
  transaction_created_date DATETIME NULL,
  transaction_modified_date DATETIME NULL,
  product_id INT NOT NULL,
  quantity INT NOT NULL,
  purchase_order_id INT NULL,
  customer_order_id INT NULL,
  comments VARCHAR(255) NULL,
  INDEX customer_order_id (customer_order_id),
  INDEX product_id (product_id),
  INDEX purchase_order_id (purchase_order_id),
  INDEX transaction_type (transaction_type),
  CONSTRAINT fk_inventory_transactions_orders1 FOREIGN KEY (customer_order_id) REFERENCES orders (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_inventory_transactions_products1 FOREIGN KEY (product_id) REFERENCES products (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_inventory_transactions_purchase_orders1 FOREIGN KEY (purchase_order_id) REFERENCES purchase_orders (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_inventory_transactions_inventory_transaction_types1 FOREIGN KEY (transaction_type) REFERENCES inventory_transaction_types (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS order_details (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id INT NOT NULL,
  product_id INT NULL,
  quantity DECIMAL(18,4) NOT NULL DEFAULT 0,
  unit_price DECIMAL(19,4) NULL DEFAULT 0,
  discount DOUBLE NOT NULL DEFAULT 0,
  status_id INT NULL,
  date_allocated DATETIME NULL,
  purchase_order_id INT NULL,
  inventory_id INT NULL,
  INDEX inventory_id (inventory_id),
  INDEX product_id (product_id),
  INDEX purchase_order_id (purchase_order_id),
  INDEX fk_order_details_orders1_idx (order_id),
  INDEX fk_order_details_order_details_status1_idx (status_id),
  CONSTRAINT fk_order_details_orders1 FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_order_details_products1 FOREIGN KEY (product_id) REFERENCES products (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_order_details_order_details_status1 FOREIGN KEY (status_id) REFERENCES order_details_status (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS invoices (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id INT NULL,
  invoice_date DATETIME NULL,
  due_date DATETIME NULL,
  tax DECIMAL(19,4) NULL DEFAULT 0,
  shipping DECIMAL(19,4) NULL DEFAULT 0,
  amount_due DECIMAL(19,4) NULL DEFAULT 0,
  INDEX fk_invoices_orders1_idx (order_id),
  CONSTRAINT fk_invoices_orders1 FOREIGN KEY (order_id) REFERENCES orders (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS purchase_order_details (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  purchase_order_id INT NOT NULL,
  product_id INT NULL,
  quantity DECIMAL(18,4) NOT NULL,
  unit_cost DECIMAL(19,4) NOT NULL,
  date_received DATETIME NULL,
  posted_to_inventory TINYINT(1) NOT NULL DEFAULT 0,
  inventory_id INT NULL,
  INDEX inventory_id (inventory_id),
  INDEX purchase_order_id (purchase_order_id),
  INDEX product_id (product_id),
  CONSTRAINT fk_purchase_order_details_inventory_transactions1 FOREIGN KEY (inventory_id) REFERENCES inventory_transactions (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_purchase_order_details_products1 FOREIGN KEY (product_id) REFERENCES products (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT fk_purchase_order_details_purchase_orders1 FOREIGN KEY (purchase_order_id) REFERENCES purchase_orders (id)
    ON DELETE NO ACTION ON UPDATE NO ACTION
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS sales_reports (
  group_by VARCHAR(50) NOT NULL PRIMARY KEY,
  display VARCHAR(50) NULL,
  title VARCHAR(50) NULL,
  filter_row_source LONGTEXT NULL,
  `default` TINYINT(1) NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;

CREATE TABLE IF NOT EXISTS strings (
  string_id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  string_data VARCHAR(255) NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_general_ci;
