"""The drawer: cash moved, counted and closed, with its reports."""
