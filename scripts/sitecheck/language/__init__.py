"""What a sentence of the guide tells its reader to do: enough English to tell an order from a warning."""
