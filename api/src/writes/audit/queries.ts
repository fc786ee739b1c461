import { sql } from "northwind-schema/sql";

/** The last entry of each resource. The resources must be locked. */
export const lastEntries = sql(`
  SELECT a.resource_id, a.sequence, a.hash FROM audit_log AS a
  JOIN (SELECT b.resource_id, MAX(b.sequence) AS sequence FROM audit_log AS b
    WHERE b.resource = :resource AND b.resource_id IN (:resource_ids...) GROUP BY b.resource_id) AS latest
  ON latest.resource_id = a.resource_id AND latest.sequence = a.sequence
  WHERE a.resource = :resource
`);

export const insertEntry = sql(`
  INSERT INTO audit_log (resource, resource_id, sequence, happened_at, principal, request_id, write_id, action,
    before_state, after_state, previous_hash, hash, client_request_id, version)
  VALUES (:resource, :resource_id, :sequence, :happened_at, :principal, :request_id, :write_id, :action,
    :before_state, :after_state, :previous_hash, :hash, :client_request_id, :version)
`);

/** Finds the entry of a write if it was committed. Waits for a commit that is still running. */
export const entryOfWrite = sql(`SELECT sequence FROM audit_log WHERE write_id = :write_id FOR UPDATE`);

export const entriesOfResource = sql(`
  SELECT sequence, happened_at, principal, request_id, client_request_id, write_id, action, before_state, after_state,
    previous_hash, hash
  FROM audit_log
  WHERE resource = :resource AND resource_id = :resource_id AND sequence > :after
  ORDER BY sequence LIMIT :rows
`);
