-- What users have chosen for themselves, such as their saved views: it follows them to every browser.

CREATE TABLE user_preferences (
  user_id INT NOT NULL PRIMARY KEY CHECK (user_id BETWEEN -2147483648 AND 2147483647) REFERENCES users (id),
  -- One JSON document, because it is only ever read and written as a whole.
  document TEXT NOT NULL CHECK (LENGTH(document) <= 16000),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
