import { sql } from "northwind-schema/sql";

/** Entries of the whole audit log before one of them, the newest first. */
export const auditPage = sql(`
  SELECT entry_id, resource, resource_id, sequence, happened_at, principal, request_id, client_request_id, action,
    version
  FROM audit_log
  WHERE entry_id < :before
    AND (:principal::text? IS NULL OR principal = :principal)
    AND (:resource::text? IS NULL OR resource = :resource)
    AND (:resource_id::integer? IS NULL OR resource_id = :resource_id)
    AND (:since::datetime? IS NULL OR happened_at >= :since)
    AND (:until::datetime? IS NULL OR happened_at < :until)
  ORDER BY entry_id DESC LIMIT :rows
`);
