-- The id that a client gave its request, beside the server's own, which request_id is from here on. Entries that are there
-- already have either of them in request_id.
ALTER TABLE audit_log ADD COLUMN IF NOT EXISTS client_request_id VARCHAR(64) NULL;
