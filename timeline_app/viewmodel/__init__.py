"""Everything the screen shows, without a screen: states, moves, pictures of lanes, words. No Qt here."""
