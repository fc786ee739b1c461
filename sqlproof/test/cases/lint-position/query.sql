SELECT POSITION('a' IN isbn) AS x FROM books
