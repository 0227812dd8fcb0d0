"""Tweet collections: read, stored and counted, of any size on one machine."""
