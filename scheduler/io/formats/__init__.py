"""Files of other people: one room for each format, to parse, read and write it."""
