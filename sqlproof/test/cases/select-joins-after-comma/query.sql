SELECT b.id, a.name, s.id AS shelf, p.id AS place FROM shelves s, books b JOIN authors a ON a.id = b.author_id LEFT JOIN places p ON p.id = b.id WHERE s.id > b.id ORDER BY b.id, s.id
