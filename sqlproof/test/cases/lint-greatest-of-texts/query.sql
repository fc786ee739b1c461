SELECT GREATEST(isbn, 'a') AS x FROM books
