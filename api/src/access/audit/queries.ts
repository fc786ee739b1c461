import { sql } from "northwind-schema/sql";

/** Locks a user, so that entries about the same one come one after the other. */
export const lockUserById = sql(`SELECT id FROM users WHERE id = :id FOR UPDATE`);

/** Locks the row that counts changes of rights. */
export const lockAccess = sql(`SELECT id FROM access WHERE id = 1 FOR UPDATE`);

/** Entries of the whole audit log before one of them, the newest first. */
export const auditPage = sql(`
  SELECT entry_id, resource, resource_id, sequence, happened_at, principal, request_id, client_request_id, action,
    version, CASE WHEN resource = 'access' THEN after_state END AS about
  FROM audit_log
  WHERE entry_id < :before
    AND (:principal::text? IS NULL OR principal = :principal)
    AND (:user_begins::text? IS NULL OR principal >= :user_begins AND principal < :user_ends)
    AND (:resource::text? IS NULL OR resource = :resource)
    AND (:resource_id::integer? IS NULL OR resource_id = :resource_id)
    AND (:since::datetime? IS NULL OR happened_at >= :since)
    AND (:until::datetime? IS NULL OR happened_at < :until)
  ORDER BY entry_id DESC LIMIT :rows
`);
