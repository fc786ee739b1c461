SELECT a.id, b.id AS twin FROM books a JOIN books b ON b.isbn = a.isbn AND b.price > a.price WHERE a.id = :id
