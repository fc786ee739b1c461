UPDATE books SET isbn = id
