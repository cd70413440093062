"""Decks for a talk: who sees what, frozen to one release, and the files made from it."""
