-- The documents that move goods: shipments, returns and counts. An entry of the ledger names the one that caused it.

CREATE TABLE shipments (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  shipper_id INTEGER REFERENCES shippers (id),
  shipped_date TEXT NOT NULL CHECK (shipped_date IS datetime(shipped_date)),
  tracking_number TEXT CHECK (LENGTH(tracking_number) <= 100),
  notes TEXT CHECK (LENGTH(notes) <= 2000),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE INDEX shipments_of_order ON shipments (order_id);
CREATE INDEX shipments_by_date ON shipments (shipped_date);
CREATE INDEX shipments_by_shipper ON shipments (shipper_id);

CREATE TABLE shipment_details (
  shipment_id INTEGER NOT NULL REFERENCES shipments (id),
  order_detail_id INTEGER NOT NULL REFERENCES order_details (id),
  quantity INTEGER NOT NULL,
  PRIMARY KEY (shipment_id, order_detail_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shipment_details_of_order_detail ON shipment_details (order_detail_id);

CREATE TABLE order_returns (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  order_id INTEGER NOT NULL REFERENCES orders (id),
  returned_date TEXT NOT NULL CHECK (returned_date IS datetime(returned_date)),
  reason TEXT NOT NULL CHECK (LENGTH(reason) <= 255),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE INDEX order_returns_of_order ON order_returns (order_id);
CREATE INDEX order_returns_by_date ON order_returns (returned_date);

-- disposition: 'stock' goes back to the shelf; 'damaged' and 'scrap' are written off.
CREATE TABLE order_return_details (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  order_return_id INTEGER NOT NULL REFERENCES order_returns (id),
  order_detail_id INTEGER NOT NULL REFERENCES order_details (id),
  quantity INTEGER NOT NULL,
  disposition TEXT NOT NULL CHECK (LENGTH(disposition) <= 20)
) STRICT;
CREATE INDEX order_return_details_of_return ON order_return_details (order_return_id);
CREATE INDEX order_return_details_of_order_detail ON order_return_details (order_detail_id);

-- status: 'open' while people count, then 'approved' or 'cancelled'. `expected` is what was on hand when the sheet was
-- made, and from the moment when somebody enters what was counted, what was on hand then: so their difference is that of
-- one moment, whatever moves until the count is approved.
CREATE TABLE stock_counts (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  status TEXT NOT NULL DEFAULT 'open' CHECK (LENGTH(status) <= 20),
  reason TEXT NOT NULL CHECK (LENGTH(reason) <= 255),
  created_date TEXT NOT NULL CHECK (created_date IS datetime(created_date)),
  created_principal TEXT NOT NULL CHECK (LENGTH(created_principal) <= 100),
  approved_date TEXT CHECK (approved_date IS datetime(approved_date)),
  approved_principal TEXT CHECK (LENGTH(approved_principal) <= 100),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE INDEX stock_counts_by_status ON stock_counts (status);

CREATE TABLE stock_count_details (
  stock_count_id INTEGER NOT NULL REFERENCES stock_counts (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  expected INTEGER NOT NULL,
  counted INTEGER,
  counted_date TEXT CHECK (counted_date IS datetime(counted_date)),
  counted_principal TEXT CHECK (LENGTH(counted_principal) <= 100),
  PRIMARY KEY (stock_count_id, product_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX stock_count_details_of_product ON stock_count_details (product_id);

ALTER TABLE inventory_transactions ADD COLUMN shipment_id INTEGER REFERENCES shipments (id);
ALTER TABLE inventory_transactions ADD COLUMN order_return_id INTEGER REFERENCES order_returns (id);
ALTER TABLE inventory_transactions ADD COLUMN stock_count_id INTEGER REFERENCES stock_counts (id);
CREATE INDEX inventory_transactions_shipment_id ON inventory_transactions (shipment_id);
CREATE INDEX inventory_transactions_order_return_id ON inventory_transactions (order_return_id);
CREATE INDEX inventory_transactions_stock_count_id ON inventory_transactions (stock_count_id);
