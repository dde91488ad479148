"""Who is watching: one running exercise in this process, the sockets that show it, its clock."""
