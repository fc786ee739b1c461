-- Users who sign in at a provider of OpenID Connect, and sign-ins that have begun there and not come back yet.

CREATE TABLE identities (
  issuer TEXT NOT NULL CHECK (LENGTH(issuer) <= 255),
  -- Who it is at the issuer, for good: an address may be given to somebody else.
  subject TEXT NOT NULL CHECK (LENGTH(subject) <= 255),
  user_id INTEGER NOT NULL REFERENCES users (id),
  linked_at TEXT NOT NULL CHECK (linked_at IS datetime(linked_at)),
  PRIMARY KEY (issuer, subject)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX identities_by_user ON identities (user_id, issuer);

CREATE TABLE single_sign_ons (
  -- SHA-256 of the state, which comes back from the provider and is used once,
  hash TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(hash) = 64),
  -- and of the cookie of the browser that has begun: in another one nobody is signed in.
  browser_hash TEXT NOT NULL CHECK (LENGTH(browser_hash) = 64),
  nonce TEXT NOT NULL CHECK (LENGTH(nonce) <= 64),
  code_verifier TEXT NOT NULL CHECK (LENGTH(code_verifier) <= 128),
  -- The page to which the browser is led afterwards.
  destination TEXT NOT NULL CHECK (LENGTH(destination) <= 2000),
  -- The session that proves again who it is; NULL for a sign-in.
  session_hash TEXT CHECK (LENGTH(session_hash) = 64),
  expires_at TEXT NOT NULL CHECK (expires_at IS datetime(expires_at))
) STRICT, WITHOUT ROWID;
CREATE INDEX single_sign_ons_by_end ON single_sign_ons (expires_at);
