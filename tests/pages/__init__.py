"""What is shown: how texts are fitted."""
