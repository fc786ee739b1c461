-- Who may sign in, with what, and what is signed in now. Of passwords, sessions, tokens and links only hashes are stored.

CREATE TABLE IF NOT EXISTS users (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- In lower case: nobody has two accounts with one address.
  email_address VARCHAR(254) NOT NULL,
  name VARCHAR(100) NOT NULL,
  employee_id INT NULL,
  -- Names of roles with a space between them.
  roles VARCHAR(200) NOT NULL,
  -- NULL until the user has chosen a password.
  password_hash VARCHAR(255) NULL,
  disabled TINYINT(1) NOT NULL DEFAULT 0,
  search_text VARCHAR(510) NOT NULL,
  version INT NOT NULL DEFAULT 0,
  UNIQUE KEY users_by_email_address (email_address),
  KEY users_search_text (search_text, id),
  CONSTRAINT users_of_employees FOREIGN KEY (employee_id) REFERENCES employees (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS sessions (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  -- SHA-256 of the secret in the cookie.
  hash CHAR(64) NOT NULL,
  user_id INT NOT NULL,
  began_at DATETIME NOT NULL,
  used_at DATETIME NOT NULL,
  -- When the user last proved who they are.
  proved_at DATETIME NOT NULL,
  address VARCHAR(64) NULL,
  browser VARCHAR(255) NULL,
  UNIQUE KEY sessions_by_hash (hash),
  KEY sessions_by_user (user_id),
  CONSTRAINT sessions_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

CREATE TABLE IF NOT EXISTS tokens (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  user_id INT NOT NULL,
  name VARCHAR(100) NOT NULL,
  hash CHAR(64) NOT NULL,
  -- Names of rights with a space between them; NULL for all that the user has.
  rights VARCHAR(1000) NULL,
  -- Networks like 192.0.2.0/24 with a space between them; NULL for any.
  networks VARCHAR(500) NULL,
  expires_at DATETIME NULL,
  used_at DATETIME NULL,
  disabled TINYINT(1) NOT NULL DEFAULT 0,
  version INT NOT NULL DEFAULT 0,
  UNIQUE KEY tokens_by_hash (hash),
  KEY tokens_by_user (user_id),
  CONSTRAINT tokens_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Links that work once: to choose the first password, or another one.
CREATE TABLE IF NOT EXISTS password_links (
  hash CHAR(64) NOT NULL PRIMARY KEY,
  user_id INT NOT NULL,
  expires_at DATETIME NOT NULL,
  CONSTRAINT password_links_of_users FOREIGN KEY (user_id) REFERENCES users (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- Failed sign-ins by account and by address, which slow down the next ones.
CREATE TABLE IF NOT EXISTS failed_sign_ins (
  place VARCHAR(100) NOT NULL PRIMARY KEY,
  failures INT NOT NULL,
  last_at DATETIME NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;

-- One row. Its number is raised whenever somebody's rights change, so that every process notices.
CREATE TABLE IF NOT EXISTS access (
  id INT NOT NULL PRIMARY KEY,
  version INT NOT NULL DEFAULT 0
) ENGINE = InnoDB DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_nopad_bin;
INSERT INTO access (id) SELECT 1 FROM DUAL WHERE NOT EXISTS (SELECT 1 FROM access WHERE id = 1);
