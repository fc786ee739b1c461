SELECT LOG(weight) AS l FROM books
