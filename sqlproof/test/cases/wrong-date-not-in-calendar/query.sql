UPDATE authors SET born = '2024-02-31' WHERE id = :id
