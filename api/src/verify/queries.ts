import { sql } from "northwind-schema/sql";

/** Entries of the audit log by their numbers. */
export const statesOfEntries = sql(`
  SELECT resource_id, version, sequence, after_state FROM audit_log WHERE entry_id IN (:entry_ids...)
`);
