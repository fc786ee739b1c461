INSERT INTO fines (days) VALUES (:days) RETURNING *
