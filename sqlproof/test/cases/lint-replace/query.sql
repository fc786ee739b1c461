REPLACE INTO authors (id, name) VALUES (:id, :name)
