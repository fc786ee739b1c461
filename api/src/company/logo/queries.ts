import { sql } from "northwind-schema/sql";

/** What is known of the logo, without its bytes: the one row of its table. */
export const logoRow = sql(`
  SELECT id, media_type, width, height, byte_count, sha256, version FROM company_logo WHERE id = 1
`);

export const logoContent = sql(`SELECT media_type, content, version FROM company_logo WHERE id = 1`);

export const lockLogo = sql(`SELECT id FROM company_logo WHERE id = 1 FOR UPDATE`);

export const updateLogo = sql(`
  UPDATE company_logo SET media_type = :media_type, width = :width, height = :height, byte_count = :byte_count,
    sha256 = :sha256, content = :content, version = version + 1
  WHERE id = 1 AND version = :version
`);
