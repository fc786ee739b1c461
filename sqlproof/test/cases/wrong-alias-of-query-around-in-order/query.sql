SELECT price AS x FROM books ORDER BY (SELECT COUNT(*) FROM authors a WHERE a.id > x), id
