"""The checker: reads a built site, with the project behind it, and reports what would hurt its readers."""
