UPDATE labels SET mark = picture
