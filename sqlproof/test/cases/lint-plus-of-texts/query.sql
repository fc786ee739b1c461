SELECT isbn + 'x' AS x FROM books
