INSERT INTO labels (id, short, title, body, mark, code) VALUES (:id, :short, :title, :body, :mark, :code)
