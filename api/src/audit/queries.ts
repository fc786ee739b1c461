import { sql } from "northwind-schema/sql";

/** Where the chain of a resource ends. Read it with the resource locked. */
export const lastEntry = sql(`
  SELECT sequence, hash FROM audit_log
  WHERE resource = :resource AND resource_id = :resource_id ORDER BY sequence DESC LIMIT 1
`);

export const insertEntry = sql(`
  INSERT INTO audit_log (resource, resource_id, sequence, happened_at, principal, request_id, write_id, action,
    before_state, after_state, previous_hash, hash)
  VALUES (:resource, :resource_id, :sequence, :happened_at, :principal, :request_id, :write_id, :action,
    :before_state, :after_state, :previous_hash, :hash)
`);

/** Whether a write was carried out: waits for one that is still being committed. */
export const entryOfWrite = sql(`SELECT sequence FROM audit_log WHERE write_id = :write_id FOR UPDATE`);

export const entriesOfResource = sql(`
  SELECT sequence, happened_at, principal, request_id, write_id, action, before_state, after_state, previous_hash, hash
  FROM audit_log
  WHERE resource = :resource AND resource_id = :resource_id AND sequence > :after
  ORDER BY sequence LIMIT :rows
`);
