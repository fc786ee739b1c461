UPDATE books SET isbn = ':isbn' WHERE id = :id
