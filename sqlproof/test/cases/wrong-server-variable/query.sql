SELECT @@version AS x
