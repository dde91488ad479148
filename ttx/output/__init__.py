"""What is printed: a report's data as files."""
