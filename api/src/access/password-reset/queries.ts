import { sql } from "northwind-schema/sql";

/*
 * Scans password_links: a user has at most one, and they are gone when they are used or too old.
 */

export const companyOfMail = sql(`SELECT name, language FROM company WHERE id = 1`);

export const linkOfUser = sql(`SELECT expires_at FROM password_links WHERE user_id = :user_id`);

export const userToMail = sql(`
  SELECT id, email_address, name, password_hash, disabled FROM users WHERE email_address = :email_address
`);
