UPDATE places SET former_shelf_id = (SELECT MAX(price) FROM books)
