CREATE TABLE kinds (name TEXT NOT NULL PRIMARY KEY) STRICT;
INSERT INTO kinds VALUES ('written by the step');

CREATE TABLE things (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind TEXT REFERENCES kinds (name),
  amount INTEGER,
  large INTEGER,
  flag INTEGER NOT NULL DEFAULT 0 CHECK (flag IN (0, 1)),
  happened_at TEXT,
  day TEXT,
  content BLOB,
  tags TEXT NOT NULL DEFAULT 'new,old' CHECK (tags IN ('', 'new', 'old', 'new,old')),
  last_digit INTEGER GENERATED ALWAYS AS (large % 10) STORED
) STRICT;

CREATE TABLE pairs (
  first TEXT NOT NULL,
  second INTEGER NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER things_are_paired AFTER INSERT ON things FOR EACH ROW
BEGIN
  INSERT INTO pairs (first, second, words) VALUES ('thing', NEW.id, 'by the trigger');
END;
