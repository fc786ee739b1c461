SELECT a.id, a.name, COUNT(b.id) AS n FROM authors a JOIN books b ON b.author_id = a.id GROUP BY a.id
