"""What the command line shows and asks: progress, summaries, lists, files, signals."""
