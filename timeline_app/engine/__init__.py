"""Reading, checking, searching and counting datasets. No Qt, and nothing of how it looks."""
