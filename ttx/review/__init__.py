"""What it means: the record as data for analysts and reports. Pure."""
