-- Rows that refer to rows of their own table, directly and through another one.
CREATE TABLE genres (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  above_id INT NULL,
  name VARCHAR(40) COLLATE utf8mb4_nopad_bin NOT NULL,
  KEY genres_above (above_id),
  CONSTRAINT genres_above FOREIGN KEY (above_id) REFERENCES genres (id) ON DELETE SET NULL ON UPDATE CASCADE
) CHARACTER SET utf8mb4;

CREATE TABLE desks (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  lamp_id INT NULL,
  seats INT NOT NULL
) CHARACTER SET utf8mb4;

CREATE TABLE lamps (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  desk_id INT NULL,
  KEY lamps_desk (desk_id),
  CONSTRAINT lamps_desk FOREIGN KEY (desk_id) REFERENCES desks (id) ON DELETE CASCADE
) CHARACTER SET utf8mb4;

ALTER TABLE desks ADD KEY desks_lamp (lamp_id),
  ADD CONSTRAINT desks_lamp FOREIGN KEY (lamp_id) REFERENCES lamps (id) ON DELETE SET NULL;

-- Each loan is counted and noted, and a change of its note is noted again.
CREATE TABLE readers (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  card VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL,
  loans INT NOT NULL DEFAULT 0,
  UNIQUE KEY readers_card (card)
) CHARACTER SET utf8mb4;

CREATE TABLE loans (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  reader_id INT NOT NULL,
  code VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL,
  note INT NOT NULL DEFAULT 0,
  UNIQUE KEY loans_code (code)
) CHARACTER SET utf8mb4;

CREATE TABLE loan_notes (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  loan_id INT NOT NULL,
  note INT NOT NULL
) CHARACTER SET utf8mb4;

CREATE TABLE fines (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  days INT NOT NULL,
  owed INT NULL
) CHARACTER SET utf8mb4;

CREATE TRIGGER fines_owed BEFORE INSERT ON fines FOR EACH ROW
  SET NEW.owed = CASE WHEN NEW.days BETWEEN 0 AND 1000 THEN NEW.days * 2 END;

CREATE TRIGGER loans_counted AFTER INSERT ON loans FOR EACH ROW
  UPDATE readers SET loans = loans + 1 WHERE id = NEW.reader_id AND loans < 1000;

CREATE TRIGGER loans_noted AFTER UPDATE ON loans FOR EACH ROW
  INSERT INTO loan_notes (loan_id, note) VALUES (NEW.id, NEW.note);

CREATE TRIGGER readers_noted AFTER UPDATE ON readers FOR EACH ROW
  DELETE FROM loan_notes WHERE loan_id = NEW.id AND NEW.loans = 0;

CREATE VIEW loan_codes AS SELECT id, reader_id, code FROM loans;

CREATE TABLE visits (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL,
  UNIQUE KEY visits_code (code)
) CHARACTER SET utf8mb4;

CREATE TABLE visit_notes (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code VARCHAR(20) COLLATE utf8mb4_nopad_bin NOT NULL
) CHARACTER SET utf8mb4;

CREATE TRIGGER visits_noted BEFORE INSERT ON visits FOR EACH ROW INSERT INTO visit_notes (code) VALUES (NEW.code);
