SELECT id FROM books /* waive order: any three books will do */ LIMIT 3
