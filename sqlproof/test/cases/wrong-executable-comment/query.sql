SELECT id /*! , isbn */ FROM books
