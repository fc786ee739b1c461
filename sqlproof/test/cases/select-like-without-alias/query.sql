SELECT lent AND isbn LIKE :pattern, isbn LIKE :pattern FROM books
