UPDATE labels SET checked = picture
