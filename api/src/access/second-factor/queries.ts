import { sql } from "northwind-schema/sql";

/** The authenticator app of a user: in force, not yet confirmed, or both while one replaces another. */
export const totpOfUser = sql(`SELECT secret, next_secret, last_step FROM user_totp WHERE user_id = :user_id`);

export const lockTotpOfUser = sql(`
  SELECT secret, next_secret, last_step FROM user_totp WHERE user_id = :user_id FOR UPDATE
`);

export const insertTotp = sql(`INSERT INTO user_totp (user_id, next_secret) VALUES (:user_id, :next_secret)`);

export const offerTotp = sql(`UPDATE user_totp SET next_secret = :next_secret WHERE user_id = :user_id`);

export const confirmTotp = sql(`
  UPDATE user_totp SET secret = next_secret, next_secret = NULL, last_step = :last_step
  WHERE user_id = :user_id AND next_secret = :next_secret
`);

/** Uses the code of a step: of two who do so at once, one changes the row. */
export const useTotpStep = sql(`
  UPDATE user_totp SET last_step = :step WHERE user_id = :user_id AND secret = :secret AND last_step < :step
`);

export const deleteTotp = sql(`DELETE FROM user_totp WHERE user_id = :user_id`);

export const deletePasskeysOfUser = sql(`DELETE FROM passkeys WHERE user_id = :user_id`);

export const recoveryCodesOfUser = sql(`SELECT id, hash FROM recovery_codes WHERE user_id = :user_id ORDER BY id`);

export const insertRecoveryCode = sql(`INSERT INTO recovery_codes (user_id, hash) VALUES (:user_id, :hash)`);

/** Uses a recovery code: of two who do so at once, one deletes the row. */
export const useRecoveryCode = sql(`DELETE FROM recovery_codes WHERE id = :code_id AND user_id = :user_id`);

export const deleteRecoveryCodes = sql(`DELETE FROM recovery_codes WHERE user_id = :user_id`);

/** With what a user without an authenticator app signs in with more than a password. */
export const otherFactorsOfUser = sql(`
  SELECT (SELECT COUNT(*) FROM passkeys WHERE user_id = :user_id)
    + (SELECT COUNT(*) FROM identities WHERE user_id = :user_id) AS others
`);
