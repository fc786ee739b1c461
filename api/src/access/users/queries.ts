import { sql } from "northwind-schema/sql";
import { nextById, nextByName, previousById, previousByName } from "../../resources/page-conditions.ts";
import { approvals } from "../queries.ts";

const columns = `u.id, u.email_address, u.name, u.employee_id, u.roles, u.password_hash, u.disabled, u.version,
  ${approvals},
  (SELECT COUNT(*) FROM user_totp WHERE user_totp.user_id = u.id AND user_totp.secret IS NOT NULL)
  + (SELECT COUNT(*) FROM passkeys WHERE passkeys.user_id = u.id) AS second_factors`;

/*
 * Scans users: where there are few, MariaDB reads them all instead of finding some by their ids.
 */

export const usersByIds = sql(`SELECT ${columns} FROM users u WHERE u.id IN (:ids...)`);

export const userPages = {
  id: sql(`SELECT id, search_text FROM users WHERE ${nextById}`),
  "-id": sql(`SELECT id, search_text FROM users WHERE ${previousById}`),
  name: sql(`SELECT id, search_text FROM users WHERE ${nextByName}`),
  "-name": sql(`SELECT id, search_text FROM users WHERE ${previousByName}`),
};

/** Some user, if there is one. */
export const anyUser = sql(`SELECT id FROM users ORDER BY id LIMIT 1`);

export const lockUser = sql(`SELECT ${columns} FROM users u WHERE u.id = :id FOR UPDATE`);

/** Locks all users: of two who each take the last but one admin away, one waits. */
export const lockUsers = sql(`
  SELECT u.id, u.roles, u.disabled, u.password_hash,
    (SELECT COUNT(*) FROM passkeys WHERE passkeys.user_id = u.id)
    + (SELECT COUNT(*) FROM identities WHERE identities.user_id = u.id) AS other_ways
  FROM users u ORDER BY u.id FOR UPDATE
`);

export const insertUser = sql(`
  INSERT INTO users (email_address, name, employee_id, roles, password_hash, search_text)
  VALUES (:email_address, :name, :employee_id, :roles, :password_hash, :search_text)
  RETURNING id
`);

export const updateUser = sql(`
  UPDATE users SET email_address = :email_address, name = :name, employee_id = :employee_id, roles = :roles,
    disabled = :disabled, search_text = :search_text, version = version + 1
  WHERE id = :id AND version = :version
`);

export const employeeExists = sql(`SELECT id FROM employees WHERE id = :id`);

export const userOfEmployee = sql(`SELECT id FROM users WHERE employee_id = :employee_id`);

export const userWithEmailAddress = sql(`SELECT id FROM users WHERE email_address = :email_address`);

export const insertApproval = sql(
  `INSERT INTO employee_privileges (employee_id, privilege_id) VALUES (:employee_id, 2)`,
);

export const deleteApproval = sql(
  `DELETE FROM employee_privileges WHERE employee_id = :employee_id AND privilege_id = 2`,
);

export const approvalOf = sql(`
  SELECT employee_id FROM employee_privileges WHERE employee_id = :employee_id AND privilege_id = 2
`);
