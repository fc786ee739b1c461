UPDATE labels SET short = SUBSTR(title, 1, 63), body = COALESCE(:body, title) WHERE id > :id
