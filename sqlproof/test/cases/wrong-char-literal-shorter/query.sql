UPDATE labels SET code = 'ab'
