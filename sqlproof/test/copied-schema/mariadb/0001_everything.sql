CREATE TABLE IF NOT EXISTS kinds (
  name VARCHAR(50) NOT NULL PRIMARY KEY
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
INSERT IGNORE INTO kinds VALUES ('written by the step');

CREATE TABLE IF NOT EXISTS things (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  kind VARCHAR(50),
  amount DECIMAL(19,4),
  large BIGINT,
  flag TINYINT(1) NOT NULL DEFAULT 0,
  happened_at DATETIME,
  day DATE,
  content MEDIUMBLOB,
  tags SET('new', 'old') NOT NULL DEFAULT 'new,old',
  last_digit BIGINT GENERATED ALWAYS AS (large % 10) STORED,
  CONSTRAINT kinds_of_things FOREIGN KEY (kind) REFERENCES kinds (name)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS pairs (
  first VARCHAR(50) NOT NULL,
  second INT NOT NULL,
  words TEXT NOT NULL,
  PRIMARY KEY (first, second)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TRIGGER IF NOT EXISTS things_are_paired AFTER INSERT ON things FOR EACH ROW
  INSERT INTO pairs (first, second, words) VALUES ('thing', NEW.id, 'by the trigger');
