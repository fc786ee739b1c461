SELECT unixepoch(added_at) AS at FROM books
