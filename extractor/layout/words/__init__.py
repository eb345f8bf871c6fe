"""What words may be: labels of the forms, whole or misread, and words on whose figures these are."""
