UPDATE labels SET body = body || title
