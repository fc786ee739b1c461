import { sql } from "northwind-schema/sql";

const columns = `id, user_id, name, rights, networks, expires_at, used_at, disabled, version`;

/** The tokens of a user, or with null of everybody, after an id. */
export const tokensAfter = sql(`
  SELECT ${columns} FROM tokens
  WHERE id > :id AND (:user_id::integer? IS NULL OR user_id = :user_id) ORDER BY id LIMIT :rows
`);

export const tokensByIds = sql(`SELECT ${columns} FROM tokens WHERE id IN (:ids...)`);

export const lockToken = sql(`SELECT ${columns} FROM tokens WHERE id = :id FOR UPDATE`);

export const insertToken = sql(`
  INSERT INTO tokens (user_id, name, hash, rights, networks, expires_at)
  VALUES (:user_id, :name, :hash, :rights, :networks, :expires_at)
  RETURNING ${columns}
`);

export const updateToken = sql(`
  UPDATE tokens SET name = :name, disabled = :disabled, version = version + 1 WHERE id = :id AND version = :version
`);
