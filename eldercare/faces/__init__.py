"""What draws an exhibit: a module for each kind of file or surface, over what they share."""
