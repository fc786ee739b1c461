import { sql } from "northwind-schema/sql";

/** How many rows wait for their search text, up to a limit: counting a million would cost what it shall warn of. */
export const rowsUnfolded = sql(`
  SELECT COUNT(*) AS waiting FROM (SELECT row_id FROM unfolded_rows ORDER BY table_name, row_id LIMIT :most) AS some
`);

/** How many changes have no number in the feed yet, up to a limit. */
export const changesUnnumbered = sql(`
  SELECT COUNT(*) AS waiting
  FROM (SELECT entry_id FROM audit_log WHERE feed_sequence IS NULL ORDER BY entry_id LIMIT :most) AS some
`);
