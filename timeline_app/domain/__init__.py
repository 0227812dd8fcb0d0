"""What the app knows about time, records and sources: values and pure functions, standard library only."""
