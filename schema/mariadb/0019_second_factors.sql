-- What users prove who they are with besides a password: codes of an authenticator app, recovery codes and passkeys.

CREATE TABLE IF NOT EXISTS user_totp (
  user_id INT NOT NULL PRIMARY KEY,
  -- In base 32, as authenticator apps take it; readable, because the server computes the same codes. NULL until the
  -- first code was typed.
  secret VARCHAR(64) NULL,
  -- A new secret whose first code has not been typed yet.
  next_secret VARCHAR(64) NULL,
  -- The last 30 seconds since 1970 whose code was accepted: none works twice.
  last_step INT NOT NULL DEFAULT 0,
  CONSTRAINT totp_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Gone when they are used.
CREATE TABLE IF NOT EXISTS recovery_codes (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  -- Argon2id with its parameters, as of a password.
  hash VARCHAR(255) NOT NULL,
  KEY recovery_codes_by_user (user_id),
  CONSTRAINT recovery_codes_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS passkeys (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  name VARCHAR(100) NOT NULL,
  -- SHA-256 of the credential's id, which is too long for an index.
  hash CHAR(64) NOT NULL,
  credential_id VARCHAR(1400) NOT NULL,
  public_key VARCHAR(4000) NOT NULL,
  -- By which authenticators know the user; it says nothing about who that is.
  user_handle VARCHAR(100) NOT NULL,
  -- How often the authenticator has signed, if it counts: a copy of it counts on its own.
  sign_count BIGINT NOT NULL,
  backed_up TINYINT(1) NOT NULL,
  -- How browsers reach the authenticator, with a space between them.
  transports VARCHAR(100) NOT NULL,
  created_at DATETIME NOT NULL,
  used_at DATETIME NULL,
  version INT NOT NULL DEFAULT 0,
  UNIQUE KEY passkeys_by_hash (hash),
  KEY passkeys_by_user (user_id),
  CONSTRAINT passkeys_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- What an authenticator is asked to sign: gone when it is answered, whatever the answer.
CREATE TABLE IF NOT EXISTS challenges (
  hash CHAR(64) NOT NULL PRIMARY KEY,
  -- Whose new passkey it is for; NULL to sign in.
  user_id INT NULL,
  user_handle VARCHAR(100) NULL,
  expires_at DATETIME NOT NULL,
  KEY challenges_by_end (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
