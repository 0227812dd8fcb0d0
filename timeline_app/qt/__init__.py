"""The thin Qt layer: widgets that show viewmodel values and hand back moves. No decision about data is made here."""
