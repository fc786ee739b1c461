UPDATE books SET reads_total = reads_total + author_id WHERE id = :id
