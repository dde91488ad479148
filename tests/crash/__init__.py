"""What is left after a process was killed or its disk was taken away."""
