SELECT id, deposit IS DISTINCT FROM 1.5 AS other FROM books WHERE author_id IS DISTINCT FROM :author AND NOT (deposit IS DISTINCT FROM deposit) AND weight IS DISTINCT FROM 2
