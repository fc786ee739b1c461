SELECT price * weight AS w FROM books
