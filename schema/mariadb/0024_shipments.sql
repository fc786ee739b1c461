-- The documents that move goods: shipments, returns and counts. An entry of the ledger names the one that caused it.

CREATE TABLE IF NOT EXISTS shipments (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id INT NOT NULL,
  shipper_id INT NULL,
  shipped_date DATETIME NOT NULL,
  tracking_number VARCHAR(100) NULL,
  notes VARCHAR(2000) NULL,
  version INT NOT NULL DEFAULT 0,
  KEY shipments_of_order (order_id, id),
  KEY shipments_by_date (shipped_date, id),
  KEY shipments_by_shipper (shipper_id, id),
  CONSTRAINT shipments_of_orders FOREIGN KEY (order_id) REFERENCES orders (id),
  CONSTRAINT shipments_by_shippers FOREIGN KEY (shipper_id) REFERENCES shippers (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS shipment_details (
  shipment_id INT NOT NULL,
  order_detail_id INT NOT NULL,
  quantity DECIMAL(19,4) NOT NULL,
  PRIMARY KEY (shipment_id, order_detail_id),
  KEY shipment_details_of_order_detail (order_detail_id, shipment_id),
  CONSTRAINT shipment_details_of_shipments FOREIGN KEY (shipment_id) REFERENCES shipments (id),
  CONSTRAINT shipment_details_of_order_details FOREIGN KEY (order_detail_id) REFERENCES order_details (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS order_returns (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_id INT NOT NULL,
  returned_date DATETIME NOT NULL,
  reason VARCHAR(255) NOT NULL,
  version INT NOT NULL DEFAULT 0,
  KEY order_returns_of_order (order_id, id),
  KEY order_returns_by_date (returned_date, id),
  CONSTRAINT order_returns_of_orders FOREIGN KEY (order_id) REFERENCES orders (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- disposition: 'stock' goes back to the shelf; 'damaged' and 'scrap' are written off.
CREATE TABLE IF NOT EXISTS order_return_details (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  order_return_id INT NOT NULL,
  order_detail_id INT NOT NULL,
  quantity DECIMAL(19,4) NOT NULL,
  disposition VARCHAR(20) NOT NULL,
  KEY order_return_details_of_return (order_return_id, id),
  KEY order_return_details_of_order_detail (order_detail_id),
  CONSTRAINT order_return_details_of_returns FOREIGN KEY (order_return_id) REFERENCES order_returns (id),
  CONSTRAINT order_return_details_of_order_details FOREIGN KEY (order_detail_id) REFERENCES order_details (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- status: 'open' while people count, then 'approved' or 'cancelled'. `expected` is what was on hand when the sheet was
-- made, and from the moment when somebody enters what was counted, what was on hand then: so their difference is that of
-- one moment, whatever moves until the count is approved.
CREATE TABLE IF NOT EXISTS stock_counts (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  status VARCHAR(20) NOT NULL DEFAULT 'open',
  reason VARCHAR(255) NOT NULL,
  created_date DATETIME NOT NULL,
  created_principal VARCHAR(100) NOT NULL,
  approved_date DATETIME NULL,
  approved_principal VARCHAR(100) NULL,
  version INT NOT NULL DEFAULT 0,
  KEY stock_counts_by_status (status, id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS stock_count_details (
  stock_count_id INT NOT NULL,
  product_id INT NOT NULL,
  expected DECIMAL(19,4) NOT NULL,
  counted DECIMAL(19,4) NULL,
  counted_date DATETIME NULL,
  counted_principal VARCHAR(100) NULL,
  PRIMARY KEY (stock_count_id, product_id),
  KEY stock_count_details_of_product (product_id, stock_count_id),
  CONSTRAINT stock_count_details_of_counts FOREIGN KEY (stock_count_id) REFERENCES stock_counts (id),
  CONSTRAINT stock_count_details_of_products FOREIGN KEY (product_id) REFERENCES products (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS shipment_id INT NULL;
ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS order_return_id INT NULL;
ALTER TABLE inventory_transactions ADD COLUMN IF NOT EXISTS stock_count_id INT NULL;
ALTER TABLE inventory_transactions ADD INDEX IF NOT EXISTS inventory_transactions_shipment_id (shipment_id);
ALTER TABLE inventory_transactions ADD INDEX IF NOT EXISTS inventory_transactions_order_return_id (order_return_id);
ALTER TABLE inventory_transactions ADD INDEX IF NOT EXISTS inventory_transactions_stock_count_id (stock_count_id);
ALTER TABLE inventory_transactions ADD CONSTRAINT transactions_of_shipments
  FOREIGN KEY IF NOT EXISTS transactions_of_shipments (shipment_id) REFERENCES shipments (id);
ALTER TABLE inventory_transactions ADD CONSTRAINT transactions_of_order_returns
  FOREIGN KEY IF NOT EXISTS transactions_of_order_returns (order_return_id) REFERENCES order_returns (id);
ALTER TABLE inventory_transactions ADD CONSTRAINT transactions_of_stock_counts
  FOREIGN KEY IF NOT EXISTS transactions_of_stock_counts (stock_count_id) REFERENCES stock_counts (id);
