import { sql } from "northwind-schema/sql";

export const sessionsOfUser = sql(`
  SELECT id, hash, began_at, used_at, address, browser FROM sessions WHERE user_id = :user_id
  ORDER BY used_at DESC, id DESC
`);

export const deleteSessionById = sql(`DELETE FROM sessions WHERE id = :id AND user_id = :user_id`);

export const deleteOtherSessions = sql(`DELETE FROM sessions WHERE user_id = :user_id AND hash <> :hash`);
