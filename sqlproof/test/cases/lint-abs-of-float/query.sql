SELECT ABS(weight) AS x FROM books
