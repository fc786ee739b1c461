import { sql } from "northwind-schema/sql";
import { nextById, nextByName, previousById, previousByName } from "../../resources/page-conditions.ts";

const columns = `id, email_address, name, employee_id, roles, password_hash, disabled, version,
  (SELECT COUNT(*) FROM user_totp WHERE user_totp.user_id = users.id AND user_totp.secret IS NOT NULL)
  + (SELECT COUNT(*) FROM passkeys WHERE passkeys.user_id = users.id) AS second_factors`;

export const usersByIds = sql(`SELECT ${columns} FROM users WHERE id IN (:ids...)`);

export const userPages = {
  id: sql(`SELECT id, search_text FROM users WHERE ${nextById}`),
  "-id": sql(`SELECT id, search_text FROM users WHERE ${previousById}`),
  name: sql(`SELECT id, search_text FROM users WHERE ${nextByName}`),
  "-name": sql(`SELECT id, search_text FROM users WHERE ${previousByName}`),
};

/** Some user, if there is one. */
export const anyUser = sql(`SELECT id FROM users ORDER BY id LIMIT 1`);

export const lockUser = sql(`SELECT ${columns} FROM users WHERE id = :id FOR UPDATE`);

/** Locks all users: of two who each take the last but one admin away, one waits. */
export const lockUsers = sql(`SELECT id, roles, disabled FROM users ORDER BY id FOR UPDATE`);

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

export const userWithEmailAddress = sql(`SELECT id FROM users WHERE email_address = :email_address`);
