SELECT id, author_id AS "author_id!", price AS "price?" FROM books
