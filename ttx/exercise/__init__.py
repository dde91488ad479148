"""What happens: the log's entries, the state they fold into, commands, rights and views. Pure."""
