import { sql } from "northwind-schema/sql";

export const insertSignOn = sql(`
  INSERT INTO single_sign_ons (hash, browser_hash, nonce, code_verifier, destination, session_hash, expires_at)
  VALUES (:hash, :browser_hash, :nonce, :code_verifier, :destination, :session_hash, :expires_at)
`);

export const lockSignOn = sql(`
  SELECT browser_hash, nonce, code_verifier, destination, session_hash, expires_at
  FROM single_sign_ons WHERE hash = :hash FOR UPDATE
`);

export const deleteSignOn = sql(`DELETE FROM single_sign_ons WHERE hash = :hash`);

export const deleteOldSignOns = sql(`DELETE FROM single_sign_ons WHERE expires_at < :now`);

export const userOfIdentity = sql(`SELECT user_id FROM identities WHERE issuer = :issuer AND subject = :subject`);

export const subjectOfUser = sql(`SELECT subject FROM identities WHERE user_id = :user_id AND issuer = :issuer`);

export const insertIdentity = sql(`
  INSERT INTO identities (issuer, subject, user_id, linked_at) VALUES (:issuer, :subject, :user_id, :linked_at)
`);

export const deleteIdentities = sql(`DELETE FROM identities WHERE user_id = :user_id`);

/** Takes all roles away: of whoever has none at the provider any more. */
export const takeRoles = sql(
  `UPDATE users SET roles = '', version = version + 1 WHERE id = :id AND version = :version`,
);
