UPDATE books SET reads_total = weight WHERE id = :id
