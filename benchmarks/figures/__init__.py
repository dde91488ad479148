"""One module for each figure: `measure(plan)` gives one or several."""
