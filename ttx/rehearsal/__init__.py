"""Who plays when nobody is there: simulated participants, clients of a real server, and what a rehearsal took."""
