"""The vocabulary of the program: frozen values that every stage speaks in.

Nothing here reads a file, knows a grammar or prints. Amounts are exact (`Decimal` or `Fraction`), never `float`.
"""
