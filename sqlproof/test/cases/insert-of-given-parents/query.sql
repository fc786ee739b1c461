INSERT INTO floors (id, above) SELECT f.id + 100, f.id FROM floors AS f WHERE f.id < 100
