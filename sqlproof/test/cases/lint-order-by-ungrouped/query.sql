SELECT author_id, MAX(added_at) AS last_at FROM books GROUP BY author_id ORDER BY added_at
