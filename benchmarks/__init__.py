"""How fast the product is, side by side with peers and with the limit: `make bench`, docs/performance.md."""
