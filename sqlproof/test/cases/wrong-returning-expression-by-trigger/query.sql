INSERT INTO fines (days) VALUES (:days) RETURNING id, COALESCE(owed, 0) AS n
