SELECT id FROM books WERE id = :id
