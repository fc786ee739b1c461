SELECT id FROM books /* waive order */ LIMIT 3
