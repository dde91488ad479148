"""What is shown: templates, the regions a page is made of, and which entries touch them."""
