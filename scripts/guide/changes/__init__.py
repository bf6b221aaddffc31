"""What changes for a reader between two states of the guide: for a clinician, in a summary and as marked pages."""
