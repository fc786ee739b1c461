SELECT id FROM books /* waive order: any three books will do */ ORDER BY id LIMIT 3
