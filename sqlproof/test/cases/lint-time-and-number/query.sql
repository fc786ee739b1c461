SELECT added_at + 1 AS x FROM books
