SELECT JSON_VALUE(isbn, '$.a') AS a FROM books
