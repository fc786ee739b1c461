SELECT JSON_EXTRACT(title, '$.a') AS j FROM books
