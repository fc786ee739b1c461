SELECT a.id FROM authors AS a JOIN books AS b ON b.author_id = a.id AND a.born < b.added_at
