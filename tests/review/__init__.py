"""What it means: reports and what they leave out."""
