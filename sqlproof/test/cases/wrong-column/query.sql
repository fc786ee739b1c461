SELECT id,
  nope
FROM books
