SELECT id FROM books ORDER BY :p::integer
