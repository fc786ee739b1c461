-- The CHECKs refuse what MariaDB's column types refuse: the differential run holds both to it.
CREATE TABLE authors (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  name TEXT NOT NULL UNIQUE CHECK (LENGTH(name) <= 80),
  nickname TEXT CHECK (LENGTH(nickname) <= 80),
  born TEXT CHECK (born IS date(born))
) STRICT;

CREATE TABLE books (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  isbn TEXT NOT NULL UNIQUE CHECK (LENGTH(isbn) <= 13),
  author_id INTEGER REFERENCES authors (id),
  title TEXT NOT NULL CHECK (LENGTH(title) <= 200),
  price INTEGER NOT NULL DEFAULT 0,
  deposit INTEGER CHECK (deposit BETWEEN -999999999 AND 999999999),
  weight REAL,
  lent INTEGER NOT NULL DEFAULT 0,
  added_at TEXT NOT NULL CHECK (added_at IS datetime(added_at)),
  cover BLOB,
  reads_total INTEGER NOT NULL DEFAULT 0
) STRICT;
