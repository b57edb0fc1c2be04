"""Lists in and out of Excel: one reader, one writer, one import screen for every list of the site."""
