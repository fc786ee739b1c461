-- A search reads neither all orders nor all customers. Each different search_text stands once in search_texts, with every
-- run of three characters in it (shorter at its end) in search_grams; from a text, indexes lead to its orders and
-- customers. Kept by triggers, so that rows written by other programs are found too. A text is never taken out: one that
-- nobody has any more leads nowhere.

CREATE INDEX orders_by_text ON orders (search_text, order_date);

CREATE TABLE search_texts (
  text TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(text) <= 510)
) STRICT, WITHOUT ROWID;

CREATE TABLE search_grams (
  gram TEXT NOT NULL CHECK (LENGTH(gram) <= 3),
  text TEXT NOT NULL CHECK (LENGTH(text) <= 510),
  PRIMARY KEY (gram, text)
) STRICT, WITHOUT ROWID;

-- The places at which a text may be cut: the numbers from 1 to 510.
CREATE TABLE search_positions (
  position INTEGER NOT NULL DEFAULT 0 PRIMARY KEY CHECK (position BETWEEN -32768 AND 32767)
) STRICT, WITHOUT ROWID;

INSERT INTO search_positions (position)
WITH RECURSIVE places (position) AS (SELECT 1 UNION ALL SELECT position + 1 FROM places WHERE position < 510)
SELECT position FROM places;

INSERT INTO search_texts (text) SELECT search_text FROM orders UNION SELECT search_text FROM customers ORDER BY 1;

INSERT INTO search_grams (gram, text)
SELECT DISTINCT SUBSTR(t.text, p.position, 3), t.text
FROM search_texts AS t CROSS JOIN search_positions AS p WHERE p.position <= LENGTH(t.text)
ORDER BY 1, 2;

CREATE TRIGGER search_texts_are_cut AFTER INSERT ON search_texts BEGIN
  INSERT INTO search_grams (gram, text)
  SELECT DISTINCT SUBSTR(NEW.text, position, 3), NEW.text FROM search_positions WHERE position <= LENGTH(NEW.text);
END;

CREATE TRIGGER orders_text_on_insert AFTER INSERT ON orders
WHEN NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER orders_text_on_update AFTER UPDATE ON orders
WHEN NEW.search_text <> OLD.search_text AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER customers_text_on_insert AFTER INSERT ON customers
WHEN NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;

CREATE TRIGGER customers_text_on_update AFTER UPDATE ON customers
WHEN NEW.search_text <> OLD.search_text AND NOT EXISTS (SELECT 1 FROM search_texts WHERE text = NEW.search_text) BEGIN
  INSERT INTO search_texts (text) VALUES (NEW.search_text);
END;
