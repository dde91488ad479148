"""What is printed: one report in three spellings."""
