-- A search reads neither all orders nor all customers. Each different search_text stands once in search_texts, with every
-- run of three characters in it (shorter at its end) in search_grams; from a text, indexes lead to its orders and
-- customers. Kept by triggers, so that rows written by other programs are found too. A text is never taken out: one that
-- nobody has any more leads nowhere.
--
-- Where the binary log is on, a user without SUPER may create triggers only with log_bin_trust_function_creators = 1.

ALTER TABLE orders ADD INDEX IF NOT EXISTS orders_by_text (search_text, order_date, id);

-- The text is the primary key, so that INSERT IGNORE of one that is there locks its row alone, and no gap beside it.
CREATE TABLE IF NOT EXISTS search_texts (
  text VARCHAR(510) NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS search_grams (
  gram VARCHAR(3) NOT NULL,
  text VARCHAR(510) NOT NULL,
  PRIMARY KEY (gram, text)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- The places at which a text may be cut: the numbers from 1 to 510.
CREATE TABLE IF NOT EXISTS search_positions (
  position SMALLINT NOT NULL DEFAULT 0 PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT IGNORE INTO search_positions (position)
WITH RECURSIVE places (position) AS (SELECT 1 UNION ALL SELECT position + 1 FROM places WHERE position < 510)
SELECT position FROM places;

-- The triggers come before the texts that are there already, so that none slips through between.
CREATE TRIGGER IF NOT EXISTS search_texts_are_cut AFTER INSERT ON search_texts FOR EACH ROW
  INSERT IGNORE INTO search_grams (gram, text)
  SELECT DISTINCT SUBSTR(NEW.text, position, 3), NEW.text FROM search_positions WHERE position <= CHAR_LENGTH(NEW.text);

CREATE TRIGGER IF NOT EXISTS orders_text_on_insert AFTER INSERT ON orders FOR EACH ROW
  INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);

CREATE TRIGGER IF NOT EXISTS orders_text_on_update AFTER UPDATE ON orders FOR EACH ROW
BEGIN
  IF NEW.search_text <> OLD.search_text THEN
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  END IF;
END;

CREATE TRIGGER IF NOT EXISTS customers_text_on_insert AFTER INSERT ON customers FOR EACH ROW
  INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);

CREATE TRIGGER IF NOT EXISTS customers_text_on_update AFTER UPDATE ON customers FOR EACH ROW
BEGIN
  IF NEW.search_text <> OLD.search_text THEN
    INSERT IGNORE INTO search_texts (text) VALUES (NEW.search_text);
  END IF;
END;

INSERT IGNORE INTO search_texts (text) SELECT DISTINCT search_text FROM customers;

INSERT IGNORE INTO search_texts (text) SELECT DISTINCT search_text FROM orders;
