"""The windows: one file a mode. Shells put widgets together and do not know each other."""
