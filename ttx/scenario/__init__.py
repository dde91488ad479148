"""What can happen: the written material and the order it may come in. Pure."""
