WITH rows AS (SELECT id FROM books) SELECT id FROM rows
