-- What users prove who they are with besides a password: codes of an authenticator app, recovery codes and passkeys.

CREATE TABLE user_totp (
  user_id INT NOT NULL PRIMARY KEY CHECK (user_id BETWEEN -2147483648 AND 2147483647) REFERENCES users (id),
  -- In base 32, as authenticator apps take it; readable, because the server computes the same codes. NULL until the
  -- first code was typed.
  secret TEXT CHECK (LENGTH(secret) <= 64),
  -- A new secret whose first code has not been typed yet.
  next_secret TEXT CHECK (LENGTH(next_secret) <= 64),
  -- The last 30 seconds since 1970 whose code was accepted: none works twice.
  last_step INTEGER NOT NULL DEFAULT 0 CHECK (last_step BETWEEN -2147483648 AND 2147483647)
) STRICT;

-- Gone when they are used.
CREATE TABLE recovery_codes (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  user_id INTEGER NOT NULL REFERENCES users (id),
  -- Argon2id with its parameters, as of a password.
  hash TEXT NOT NULL CHECK (LENGTH(hash) <= 255)
) STRICT;
CREATE INDEX recovery_codes_by_user ON recovery_codes (user_id);

CREATE TABLE passkeys (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL CHECK (LENGTH(name) <= 100),
  -- SHA-256 of the credential's id, which is too long for an index.
  hash TEXT NOT NULL CHECK (LENGTH(hash) = 64),
  credential_id TEXT NOT NULL CHECK (LENGTH(credential_id) <= 1400),
  public_key TEXT NOT NULL CHECK (LENGTH(public_key) <= 4000),
  -- By which authenticators know the user; it says nothing about who that is.
  user_handle TEXT NOT NULL CHECK (LENGTH(user_handle) <= 100),
  -- How often the authenticator has signed, if it counts: a copy of it counts on its own.
  sign_count INTEGER NOT NULL,
  backed_up INTEGER NOT NULL CHECK (backed_up BETWEEN -128 AND 127),
  -- How browsers reach the authenticator, with a space between them.
  transports TEXT NOT NULL CHECK (LENGTH(transports) <= 100),
  created_at TEXT NOT NULL CHECK (created_at IS datetime(created_at)),
  used_at TEXT CHECK (used_at IS datetime(used_at)),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE UNIQUE INDEX passkeys_by_hash ON passkeys (hash);
CREATE INDEX passkeys_by_user ON passkeys (user_id);

-- What an authenticator is asked to sign: gone when it is answered, whatever the answer.
CREATE TABLE challenges (
  hash TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(hash) = 64),
  -- Whose new passkey it is for; NULL to sign in.
  user_id INTEGER CHECK (user_id BETWEEN -2147483648 AND 2147483647),
  user_handle TEXT CHECK (LENGTH(user_handle) <= 100),
  expires_at TEXT NOT NULL CHECK (expires_at IS datetime(expires_at))
) STRICT, WITHOUT ROWID;
CREATE INDEX challenges_by_end ON challenges (expires_at);
