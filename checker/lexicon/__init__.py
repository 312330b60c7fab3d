"""The lexicon: how money, numbers, time and captions are printed. It knows words, no tables."""
