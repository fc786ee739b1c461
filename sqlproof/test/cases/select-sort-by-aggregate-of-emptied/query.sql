SELECT a.born, COUNT(b.id) AS n FROM authors a LEFT JOIN books b ON b.author_id = a.id AND b.added_at >= :from AND b.added_at < :until GROUP BY a.born ORDER BY a.born, n DESC
