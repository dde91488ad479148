"""How it is reached: routes, who may take them, and the socket."""
