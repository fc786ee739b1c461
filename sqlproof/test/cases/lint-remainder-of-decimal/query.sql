SELECT price % 2 AS x FROM books
