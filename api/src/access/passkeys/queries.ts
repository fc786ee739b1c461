import { sql } from "northwind-schema/sql";

/*
 * Scans challenges: only where those that nobody has answered are deleted now and then; there are few.
 */

export const insertChallenge = sql(`
  INSERT INTO challenges (hash, user_id, user_handle, expires_at) VALUES (:hash, :user_id, :user_handle, :expires_at)
`);

export const challengeByHash = sql(`SELECT user_id, user_handle, expires_at FROM challenges WHERE hash = :hash`);

/** Uses a challenge up: of two answers at once, one deletes the row. */
export const deleteChallenge = sql(`DELETE FROM challenges WHERE hash = :hash`);

export const deleteOldChallenges = sql(`DELETE FROM challenges WHERE expires_at < :now`);

/** A passkey as its answers are checked. */
export const passkeyByHash = sql(`
  SELECT id, user_id, credential_id, public_key, user_handle, sign_count FROM passkeys WHERE hash = :hash
`);

/** Of two answers at once with one number, one changes the row. */
export const usePasskey = sql(`
  UPDATE passkeys SET sign_count = :next_count, backed_up = :backed_up, used_at = :now
  WHERE hash = :hash AND sign_count = :sign_count
`);

export const passkeysOfUser = sql(`
  SELECT id, name, credential_id, user_handle, transports, backed_up, created_at, used_at
  FROM passkeys WHERE user_id = :user_id ORDER BY id
`);

export const insertPasskey = sql(`
  INSERT INTO passkeys
    (user_id, name, hash, credential_id, public_key, user_handle, sign_count, backed_up, transports, created_at)
  VALUES (:user_id, :name, :hash, :credential_id, :public_key, :user_handle, :sign_count, :backed_up, :transports, :now)
  RETURNING id, name, backed_up, created_at, used_at
`);

export const lockPasskey = sql(`
  SELECT id, name, backed_up, created_at, used_at, version FROM passkeys
  WHERE id = :id AND user_id = :user_id FOR UPDATE
`);

export const renamePasskey = sql(`
  UPDATE passkeys SET name = :name, version = version + 1 WHERE id = :id AND version = :version
`);

export const deletePasskey = sql(`DELETE FROM passkeys WHERE id = :id AND version = :version`);
