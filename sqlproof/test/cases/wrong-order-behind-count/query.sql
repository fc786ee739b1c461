SELECT price, COUNT(*) AS n FROM books WHERE (:all::boolean OR price = :price) GROUP BY price ORDER BY n, price
