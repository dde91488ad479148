"""What `make trust` runs: the short form of everything that holds a promise of security or durability."""
