"""The checker: reads a built site as a closed world and says what would hurt its readers."""
