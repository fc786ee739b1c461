INSERT authors (name) VALUES (:name)
