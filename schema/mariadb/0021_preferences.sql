-- What users have chosen for themselves, such as their saved views: it follows them to every browser.

CREATE TABLE IF NOT EXISTS user_preferences (
  user_id INT NOT NULL PRIMARY KEY,
  -- One JSON document, because it is only ever read and written as a whole.
  document VARCHAR(16000) NOT NULL,
  version INT NOT NULL DEFAULT 1,
  CONSTRAINT preferences_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
