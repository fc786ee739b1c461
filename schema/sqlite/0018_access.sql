-- Who may sign in, with what, and what is signed in now. Of passwords, sessions, tokens and links only hashes are stored.

CREATE TABLE users (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  -- In lower case: nobody has two accounts with one address.
  email_address TEXT NOT NULL CHECK (LENGTH(email_address) <= 254),
  name TEXT NOT NULL CHECK (LENGTH(name) <= 100),
  employee_id INTEGER REFERENCES employees (id),
  -- Names of roles with a space between them.
  roles TEXT NOT NULL CHECK (LENGTH(roles) <= 200),
  -- NULL until the user has chosen a password.
  password_hash TEXT CHECK (LENGTH(password_hash) <= 255),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled BETWEEN -128 AND 127),
  search_text TEXT NOT NULL CHECK (LENGTH(search_text) <= 510),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE UNIQUE INDEX users_by_email_address ON users (email_address);
CREATE INDEX users_search_text ON users (search_text, id);

CREATE TABLE sessions (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  -- SHA-256 of the secret in the cookie.
  hash TEXT NOT NULL CHECK (LENGTH(hash) = 64),
  user_id INTEGER NOT NULL REFERENCES users (id),
  began_at TEXT NOT NULL CHECK (began_at IS datetime(began_at)),
  used_at TEXT NOT NULL CHECK (used_at IS datetime(used_at)),
  -- When the user last proved who they are.
  proved_at TEXT NOT NULL CHECK (proved_at IS datetime(proved_at)),
  address TEXT CHECK (LENGTH(address) <= 64),
  browser TEXT CHECK (LENGTH(browser) <= 255)
) STRICT;
CREATE UNIQUE INDEX sessions_by_hash ON sessions (hash);
CREATE INDEX sessions_by_user ON sessions (user_id);

CREATE TABLE tokens (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT CHECK (id BETWEEN -2147483648 AND 2147483647),
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL CHECK (LENGTH(name) <= 100),
  hash TEXT NOT NULL CHECK (LENGTH(hash) = 64),
  -- Names of rights with a space between them; NULL for all that the user has.
  rights TEXT CHECK (LENGTH(rights) <= 1000),
  -- Networks like 192.0.2.0/24 with a space between them; NULL for any.
  networks TEXT CHECK (LENGTH(networks) <= 500),
  expires_at TEXT CHECK (expires_at IS datetime(expires_at)),
  used_at TEXT CHECK (used_at IS datetime(used_at)),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled BETWEEN -128 AND 127),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash);
CREATE INDEX tokens_by_user ON tokens (user_id);

-- Links that work once: to choose the first password, or another one.
CREATE TABLE password_links (
  hash TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(hash) = 64),
  user_id INTEGER NOT NULL REFERENCES users (id),
  expires_at TEXT NOT NULL CHECK (expires_at IS datetime(expires_at))
) STRICT, WITHOUT ROWID;

-- Failed sign-ins by account and by address, which slow down the next ones.
CREATE TABLE failed_sign_ins (
  place TEXT NOT NULL PRIMARY KEY CHECK (LENGTH(place) <= 100),
  failures INTEGER NOT NULL CHECK (failures BETWEEN -2147483648 AND 2147483647),
  last_at TEXT NOT NULL CHECK (last_at IS datetime(last_at))
) STRICT, WITHOUT ROWID;

-- One row. Its number is raised whenever somebody's rights change, so that every process notices.
CREATE TABLE access (
  id INT NOT NULL PRIMARY KEY CHECK (id = 1),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version BETWEEN -2147483648 AND 2147483647)
) STRICT;
INSERT INTO access (id) VALUES (1);
