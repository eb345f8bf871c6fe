"""What is made for others: the wheel, the list of all that is in it, a folder without Python, a version."""
