UPDATE books SET title = :title AND isbn = :isbn AND lent = :lent WHERE id = :id
