UPDATE labels SET large = whole
