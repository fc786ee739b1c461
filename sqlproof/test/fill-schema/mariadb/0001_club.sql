-- Every kind of reference that makes rows hard to generate: to itself, in a circle, of two columns, to fixed rows.
CREATE TABLE kinds (
  id TINYINT NOT NULL PRIMARY KEY,
  code CHAR(4) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL
);

INSERT INTO kinds (id, code) VALUES (1, 'full'), (2, 'part');

CREATE TABLE people (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  boss_id INT NULL,
  team_id INT NULL,
  kind_id TINYINT NOT NULL,
  nick VARCHAR(8) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci NULL,
  UNIQUE KEY people_nick (team_id, nick),
  CONSTRAINT people_boss FOREIGN KEY (boss_id) REFERENCES people (id),
  CONSTRAINT people_kind FOREIGN KEY (kind_id) REFERENCES kinds (id)
);

CREATE TABLE teams (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  lead_id INT NOT NULL,
  CONSTRAINT teams_lead FOREIGN KEY (lead_id) REFERENCES people (id)
);

ALTER TABLE people ADD CONSTRAINT people_team FOREIGN KEY (team_id) REFERENCES teams (id);

CREATE TABLE seats (
  room VARCHAR(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NOT NULL,
  number SMALLINT NOT NULL,
  cost DECIMAL(5,2) NOT NULL,
  cost_twice DECIMAL(7,2) GENERATED ALWAYS AS (cost * 2) STORED,
  free TINYINT(1) NOT NULL,
  near SET('door', 'stage') CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  since DATE NULL,
  plan BLOB NULL,
  PRIMARY KEY (room, number)
);

CREATE TABLE bookings (
  id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  room VARCHAR(5) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin NULL,
  number SMALLINT NULL,
  person_id INT NOT NULL,
  CONSTRAINT bookings_seat FOREIGN KEY (room, number) REFERENCES seats (room, number),
  CONSTRAINT bookings_person FOREIGN KEY (person_id) REFERENCES people (id)
);
