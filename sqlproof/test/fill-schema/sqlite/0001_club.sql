CREATE TABLE kinds (
  id INT NOT NULL PRIMARY KEY CHECK (id BETWEEN -128 AND 127),
  code TEXT NOT NULL CHECK (LENGTH(code) = 4)
) STRICT;

INSERT INTO kinds (id, code) VALUES (1, 'full'), (2, 'part');

CREATE TABLE people (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  boss_id INTEGER REFERENCES people (id),
  team_id INTEGER REFERENCES teams (id),
  kind_id INTEGER NOT NULL REFERENCES kinds (id),
  nick TEXT CHECK (LENGTH(nick) <= 8),
  UNIQUE (team_id, nick)
) STRICT;

CREATE TABLE teams (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  lead_id INTEGER NOT NULL REFERENCES people (id)
) STRICT;

-- Only cheap seats: the generator's wild amounts are refused here, and it tries tamer ones.
CREATE TABLE seats (
  room TEXT NOT NULL CHECK (LENGTH(room) <= 5),
  number INTEGER NOT NULL CHECK (number BETWEEN -32768 AND 32767),
  cost INTEGER NOT NULL CHECK (cost BETWEEN 0 AND 500),
  cost_twice INTEGER GENERATED ALWAYS AS (cost * 2) STORED,
  free INTEGER NOT NULL CHECK (free IN (0, 1)),
  near TEXT CHECK (near IN ('', 'door', 'stage', 'door,stage')),
  since TEXT CHECK (since IS date(since)),
  plan BLOB,
  PRIMARY KEY (room, number)
) STRICT;

CREATE TABLE bookings (
  id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  room TEXT,
  number INTEGER,
  person_id INTEGER NOT NULL REFERENCES people (id),
  FOREIGN KEY (room, number) REFERENCES seats (room, number)
) STRICT;
