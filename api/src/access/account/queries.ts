import { sql } from "northwind-schema/sql";

export const sessionsOfUser = sql(`
  SELECT id, hash, began_at, used_at, address, browser FROM sessions WHERE user_id = :user_id
  ORDER BY used_at DESC, id DESC
`);

export const deleteSessionById = sql(`DELETE FROM sessions WHERE id = :id AND user_id = :user_id`);

export const deleteOtherSessions = sql(`DELETE FROM sessions WHERE user_id = :user_id AND hash <> :hash`);

/** How many second factors a user has of each kind. */
export const factorsOfUser = sql(`
  SELECT
    (SELECT COUNT(*) FROM user_totp WHERE user_totp.user_id = users.id AND user_totp.secret IS NOT NULL) AS totp,
    (SELECT COUNT(*) FROM recovery_codes WHERE recovery_codes.user_id = users.id) AS recovery_codes,
    (SELECT COUNT(*) FROM passkeys WHERE passkeys.user_id = users.id) AS passkeys
  FROM users WHERE id = :user_id
`);

export const preferencesOfUser = sql(`SELECT document, version FROM user_preferences WHERE user_id = :user_id`);

export const lockPreferences = sql(`
  SELECT document, version FROM user_preferences WHERE user_id = :user_id FOR UPDATE
`);

export const insertPreferences = sql(`
  INSERT INTO user_preferences (user_id, document) VALUES (:user_id, :document)
`);

export const updatePreferences = sql(`
  UPDATE user_preferences SET document = :document, version = version + 1
  WHERE user_id = :user_id AND version = :version
`);
