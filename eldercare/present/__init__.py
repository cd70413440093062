"""Decks for a talk: exhibits as data, frozen to one release, and the files made from them."""
