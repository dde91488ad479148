"""The rules of the house: what every file in the checkout keeps to, whoever writes it."""
