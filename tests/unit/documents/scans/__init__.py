"""What is seen in the picture of a page: rulings, words, strokes."""
