-- Users who sign in at a provider of OpenID Connect, and sign-ins that have begun there and not come back yet.

CREATE TABLE IF NOT EXISTS identities (
  issuer VARCHAR(255) NOT NULL,
  -- Who it is at the issuer, for good: an address may be given to somebody else.
  subject VARCHAR(255) NOT NULL,
  user_id INT NOT NULL,
  linked_at DATETIME NOT NULL,
  PRIMARY KEY (issuer, subject),
  UNIQUE KEY identities_by_user (user_id, issuer),
  CONSTRAINT identities_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS single_sign_ons (
  -- SHA-256 of the state, which comes back from the provider and is used once,
  hash CHAR(64) NOT NULL PRIMARY KEY,
  -- and of the cookie of the browser that has begun: in another one nobody is signed in.
  browser_hash CHAR(64) NOT NULL,
  nonce VARCHAR(64) NOT NULL,
  code_verifier VARCHAR(128) NOT NULL,
  -- The page to which the browser is led afterwards.
  destination VARCHAR(2000) NOT NULL,
  -- The session that proves again who it is; NULL for a sign-in.
  session_hash CHAR(64) NULL,
  expires_at DATETIME NOT NULL,
  KEY single_sign_ons_by_end (expires_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
