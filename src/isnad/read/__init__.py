"""What stands in a text: parties, places, times, counts, speakers, status.  One module a question."""
