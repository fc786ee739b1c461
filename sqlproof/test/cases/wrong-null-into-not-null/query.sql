UPDATE books SET title = :title::text? WHERE id = :id
