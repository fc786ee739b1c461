import { sql } from "northwind-schema/sql";

/*
 * Scans users: they are the people of one company, counted when rights change.
 * Scans sessions: only where `current.ts` now and then deletes those that have ended, or sets back the future ones.
 * Scans password_links: there, and where a user gets another link; a user has at most one.
 * Scans failed_sign_ins: there, and where a few are read by their keys; a day later they are gone.
 */

/** Whether the user's employee has the privilege of Purchase Approvals, in the table of the original: once, or not. */
export const approvals = `(
    SELECT COUNT(*) FROM employee_privileges p WHERE p.employee_id = u.employee_id AND p.privilege_id = 2) AS approvals`;

/** With how many second factors the user signs in; single sign-on counts as one, which the provider asks for. */
export const secondFactors = `(SELECT COUNT(*) FROM user_totp WHERE user_totp.user_id = u.id AND user_totp.secret IS NOT NULL)
  + (SELECT COUNT(*) FROM passkeys WHERE passkeys.user_id = u.id)
  + (SELECT COUNT(*) FROM identities WHERE identities.user_id = u.id)`;

/** The name of the company, in which nobody may find a password. */
export const companyName = sql(`SELECT name FROM company WHERE id = 1`);

/** How often rights have changed, and whether there is a user. */
export const accessNow = sql(`
  SELECT version, (SELECT COUNT(*) FROM users) AS users,
    (SELECT COUNT(*) FROM employee_privileges WHERE privilege_id = 2) AS approvals,
    (SELECT MAX(employee_id) FROM employee_privileges WHERE privilege_id = 2) AS last_approver FROM access WHERE id = 1
`);

/**
 * Tells every process that somebody's rights have changed. Always the first statement of its transaction: changes take
 * turns then, instead of finding at their end that another one was faster.
 */
export const raiseAccessVersion = sql(`UPDATE access SET version = version + 1 WHERE id = 1`);

/** A session with its user, and what `accessNow` says at the same moment: one node of a cluster may lag behind another. */
export const sessionByHash = sql(`
  SELECT s.hash, s.user_id, s.began_at, s.used_at, s.proved_at, u.name, u.roles, u.disabled, ${approvals},
    ${secondFactors} AS second_factors,
    (SELECT version FROM access WHERE id = 1) AS access_version
  FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.hash = :hash
`);

export const insertSession = sql(`
  INSERT INTO sessions (hash, user_id, began_at, used_at, proved_at, address, browser)
  VALUES (:hash, :user_id, :now, :now, :now, :address, :browser)
`);

/** Never back: the clock may be behind for a while, and would end the session when it is put right. */
export const useSession = sql(`UPDATE sessions SET used_at = :now WHERE hash = :hash AND used_at < :now`);

/** A proof gives a session another secret: of two proofs at once, one changes the row. */
export const renewSession = sql(`
  UPDATE sessions SET hash = :next, used_at = :now, proved_at = :now WHERE hash = :hash
`);

export const deleteSession = sql(`DELETE FROM sessions WHERE hash = :hash`);

export const deleteSessionsOfUser = sql(`DELETE FROM sessions WHERE user_id = :user_id`);

/** Of sessions that began or were used in the future, because the clock was ahead: from now on they age as all others. */
export const setBackBeginnings = sql(`UPDATE sessions SET began_at = :now WHERE began_at > :ahead`);

export const setBackUses = sql(`UPDATE sessions SET used_at = :now WHERE used_at > :ahead`);

export const deleteOldSessions = sql(`DELETE FROM sessions WHERE used_at < :used_before OR began_at < :began_before`);

export const deleteOldLinks = sql(`DELETE FROM password_links WHERE expires_at < :now`);

export const deleteOldFailures = sql(`DELETE FROM failed_sign_ins WHERE last_at < :before`);

/** A user as a sign-in needs it. */
export const userByEmailAddress = sql(`
  SELECT u.id, u.name, u.roles, u.password_hash, u.disabled, u.version, ${approvals}
  FROM users u WHERE u.email_address = :email_address
`);

export const userById = sql(`
  SELECT u.id, u.email_address, u.name, u.employee_id, u.roles, u.password_hash, u.disabled, u.version, ${approvals}
  FROM users u WHERE u.id = :id
`);

/** Locks a user and reads what a sign-in has checked. */
export const lockChecked = sql(`SELECT password_hash, disabled FROM users WHERE id = :id FOR UPDATE`);

export const setPasswordHash = sql(`
  UPDATE users SET password_hash = :password_hash, version = version + 1 WHERE id = :id AND version = :version
`);

export const lockFailures = sql(`
  SELECT place, failures, last_at FROM failed_sign_ins WHERE place IN (:places...) ORDER BY place FOR UPDATE
`);

export const uncountFailures = sql(`
  UPDATE failed_sign_ins SET failures = failures - 1 WHERE place IN (:places...) AND failures > 0
`);

export const lockFailure = sql(`
  SELECT place, failures, last_at FROM failed_sign_ins WHERE place = :place FOR UPDATE
`);

export const insertFailure = sql(`
  INSERT INTO failed_sign_ins (place, failures, last_at) VALUES (:place, :failures, :now)
`);

export const updateFailure = sql(`
  UPDATE failed_sign_ins SET failures = :failures, last_at = :now WHERE place = :place
`);

export const forgetFailures = sql(`DELETE FROM failed_sign_ins WHERE place IN (:places...)`);

export const insertPasswordLink = sql(`
  INSERT INTO password_links (hash, user_id, expires_at) VALUES (:hash, :user_id, :expires_at)
`);

export const passwordLink = sql(`SELECT user_id, expires_at FROM password_links WHERE hash = :hash`);

export const lockPasswordLink = sql(`
  SELECT user_id, expires_at FROM password_links WHERE hash = :hash FOR UPDATE
`);

export const deletePasswordLinks = sql(`DELETE FROM password_links WHERE user_id = :user_id`);

export const tokenByHash = sql(`
  SELECT t.id, t.user_id, t.name, t.rights, t.networks, t.expires_at, t.used_at, t.disabled,
    u.name AS user_name, u.roles, u.disabled AS user_disabled, ${approvals},
    (SELECT version FROM access WHERE id = 1) AS access_version
  FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = :hash
`);

export const useToken = sql(`UPDATE tokens SET used_at = :now WHERE hash = :hash`);
