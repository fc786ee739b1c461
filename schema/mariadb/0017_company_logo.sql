-- The logo of the company: one row, which is always there, so that its versions and its history never begin again.
-- Without a logo everything but the version is NULL. The bytes are here and nowhere else: the audit log has their hash.

CREATE TABLE IF NOT EXISTS company_logo (
  id INT NOT NULL PRIMARY KEY,
  media_type VARCHAR(20) NULL,
  width SMALLINT NULL,
  height SMALLINT NULL,
  byte_count INT NULL,
  sha256 CHAR(64) NULL,
  content MEDIUMBLOB NULL,
  version INT NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

INSERT INTO company_logo (id) SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM company_logo WHERE id = 1);
