"""Segments: which table breaks a measure down, which figure belongs to which segment, and the rules that are judged in
them."""
