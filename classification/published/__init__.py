"""Published lists of classifications: read from a file row by row, and the library that is shipped."""
