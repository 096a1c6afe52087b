"""What is done with groups: themselves, their dates, who came, and who is told of it."""
