"""Files that people bring from elsewhere, read as a scenario's plain data: spreadsheets, and what peers export."""
