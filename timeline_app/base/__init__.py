"""What every floor stands on: problems, text, files, places. Standard library only; nothing here knows a timeline."""
