SELECT title ->> '$.a' AS x FROM books
