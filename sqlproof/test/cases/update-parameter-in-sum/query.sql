UPDATE books SET reads_total = reads_total + :more WHERE id = :id
