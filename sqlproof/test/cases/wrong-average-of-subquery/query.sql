SELECT 2 * (SELECT AVG(price) FROM books) AS twice, (SELECT AVG(price) FROM books) AS once FROM authors
