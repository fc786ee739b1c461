SELECT id, ROW_NUMBER() OVER (ORDER BY price DESC, id) AS place FROM books
