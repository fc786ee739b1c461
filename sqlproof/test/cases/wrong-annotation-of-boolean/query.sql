SELECT id FROM books WHERE lent = :lent::boolan
