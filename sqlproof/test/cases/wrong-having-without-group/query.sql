SELECT MAX(b.price) AS most FROM books b JOIN authors a ON b.price = :price HAVING MIN(a.id) > 0
