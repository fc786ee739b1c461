SELECT n.*, a.*, a.id AS id_2 FROM authors a JOIN (SELECT id, name AS name_2 FROM authors) n ON n.id = a.id
