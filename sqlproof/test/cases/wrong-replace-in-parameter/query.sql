SELECT s.name FROM (SELECT :p::text AS name FROM authors) AS s WHERE s.name = REPLACE(s.name, 'a', 'b')
