WITH dear AS (SELECT id, price FROM books WHERE price > :least) SELECT id, price FROM dear ORDER BY price DESC, id
