-- The search_text columns stand in step 0001, because SQLite cannot add a stored generated column; here are their indexes.

CREATE INDEX customers_search_text ON customers (search_text, id);
CREATE INDEX employees_search_text ON employees (search_text, id);
CREATE INDEX suppliers_search_text ON suppliers (search_text, id);
CREATE INDEX shippers_search_text ON shippers (search_text, id);
CREATE INDEX products_search_text ON products (search_text, id);
