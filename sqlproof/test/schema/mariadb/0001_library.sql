CREATE TABLE authors (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(80) COLLATE utf8mb4_nopad_bin NOT NULL,
  nickname VARCHAR(80) COLLATE utf8mb4_general_ci NULL,
  born DATE NULL,
  UNIQUE KEY authors_name (name)
) CHARACTER SET utf8mb4;

CREATE TABLE books (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  isbn VARCHAR(13) COLLATE utf8mb4_nopad_bin NOT NULL,
  author_id INT NULL,
  title VARCHAR(200) COLLATE utf8mb4_general_ci NOT NULL,
  price DECIMAL(19,4) NOT NULL DEFAULT 0,
  deposit DECIMAL(9,2) NULL,
  weight DOUBLE NULL,
  lent TINYINT(1) NOT NULL DEFAULT 0,
  added_at DATETIME NOT NULL,
  cover LONGBLOB NULL,
  reads_total BIGINT NOT NULL DEFAULT 0,
  UNIQUE KEY books_isbn (isbn),
  CONSTRAINT books_author FOREIGN KEY (author_id) REFERENCES authors (id)
) CHARACTER SET utf8mb4;

CREATE TABLE shelves (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  code CHAR(4) COLLATE utf8mb4_nopad_bin NOT NULL
) CHARACTER SET utf8mb4;

CREATE TABLE places (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  shelf_id INT NOT NULL,
  former_shelf_id INT NULL,
  beside_id INT NULL,
  CONSTRAINT places_shelf FOREIGN KEY (shelf_id) REFERENCES shelves (id) ON DELETE CASCADE,
  CONSTRAINT places_former_shelf FOREIGN KEY (former_shelf_id) REFERENCES shelves (id),
  CONSTRAINT places_beside FOREIGN KEY (beside_id) REFERENCES places (id)
) CHARACTER SET utf8mb4;
