UPDATE books SET reads_total = author_id WHERE id = :id
