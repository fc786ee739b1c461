-- Keys and references that no statement names: generated, by default, and by a trigger. Sizes in bytes.
CREATE TABLE seats (
  id INT NOT NULL PRIMARY KEY,
  tier INT NOT NULL,
  place INT NOT NULL,
  label INT GENERATED ALWAYS AS (tier * 100 + place) STORED,
  UNIQUE KEY seats_label (label),
  CHECK (tier BETWEEN 0 AND 1000 AND place BETWEEN 0 AND 99)
) CHARACTER SET utf8mb4;

CREATE TABLE queue (
  id INT NOT NULL PRIMARY KEY,
  turn INT NOT NULL,
  UNIQUE KEY queue_turn (turn)
) CHARACTER SET utf8mb4;

CREATE TABLE floors (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  above INT NULL DEFAULT 1,
  CONSTRAINT floors_above FOREIGN KEY (above) REFERENCES floors (id)
) CHARACTER SET utf8mb4;

CREATE TABLE stamps (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  seed INT NOT NULL,
  code INT NULL,
  UNIQUE KEY stamps_code (code),
  CHECK (seed BETWEEN 0 AND 1000)
) CHARACTER SET utf8mb4;

CREATE TRIGGER stamps_code BEFORE INSERT ON stamps FOR EACH ROW SET NEW.code = NEW.seed * 2;

CREATE TRIGGER stamps_code_again BEFORE UPDATE ON stamps FOR EACH ROW SET NEW.code = NEW.seed * 2;

CREATE TABLE labels (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  short TINYTEXT COLLATE utf8mb4_nopad_bin NOT NULL,
  title VARCHAR(300) COLLATE utf8mb4_nopad_bin NOT NULL,
  body TEXT COLLATE utf8mb4_nopad_bin NOT NULL,
  mark VARBINARY(8) NULL,
  picture BLOB NULL,
  checked VARBINARY(8) NULL,
  large MEDIUMBLOB NULL,
  whole LONGBLOB NULL,
  code CHAR(3) COLLATE utf8mb4_nopad_bin NULL
) CHARACTER SET utf8mb4;
