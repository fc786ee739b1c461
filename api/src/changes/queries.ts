import { sql } from "northwind-schema/sql";

/** The next committed entries that have no number in the feed yet, in the order in which they were written. */
export const unnumberedEntries = sql(`
  SELECT entry_id FROM audit_log WHERE feed_sequence IS NULL ORDER BY entry_id LIMIT :rows
`);

/** The last number of the feed. */
export const feedEnd = sql(`SELECT last_sequence FROM change_feed WHERE id = 1`);

/** The same, locked: only one transaction at a time gives numbers. */
export const lockFeedEnd = sql(`SELECT last_sequence FROM change_feed WHERE id = 1 FOR UPDATE`);

export const moveFeedEnd = sql(`UPDATE change_feed SET last_sequence = :last_sequence WHERE id = 1`);

export const numberEntry = sql(`UPDATE audit_log SET feed_sequence = :feed_sequence WHERE entry_id = :entry_id`);

const feedColumns = `feed_sequence, happened_at, resource, resource_id, action, version, sequence, principal, request_id,
  client_request_id`;
const isOnPage = `feed_sequence > :after AND feed_sequence <= :until AND resource IN (:resources...)
  ORDER BY feed_sequence, entry_id LIMIT :rows`;

export const feedPage = sql(`SELECT ${feedColumns} FROM audit_log WHERE ${isOnPage}`);

/** A page with the states before and after each change. */
export const feedPageWithStates = sql(`
  SELECT ${feedColumns}, before_state, after_state FROM audit_log WHERE ${isOnPage}
`);
