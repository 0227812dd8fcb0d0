"""What every floor stands on: problems, text, files and places. Standard library only; nothing here knows a timeline."""
