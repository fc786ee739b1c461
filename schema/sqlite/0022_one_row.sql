-- A search text that somebody deleted by hand can be stored again, as on MariaDB: its runs of characters may still be
-- there. That tables of one row refuse a second one is new on MariaDB only.

DROP TRIGGER search_texts_are_cut;

CREATE TRIGGER search_texts_are_cut AFTER INSERT ON search_texts BEGIN
  INSERT INTO search_grams (gram, text)
  SELECT DISTINCT SUBSTR(NEW.text, position, 3), NEW.text FROM search_positions
  WHERE position <= LENGTH(NEW.text) ON CONFLICT DO NOTHING;
END;
