SELECT id, price * price AS squared FROM books
