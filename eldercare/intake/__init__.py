"""Takes files of units in: reads them safely, checks them row by row, shows what would change, and applies what is accepted."""
