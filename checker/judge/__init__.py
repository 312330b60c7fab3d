"""Judging: is a relation meant, is a broken case of it misprinted or misread, and is a figure tested?

Other rooms say what they see in one case (how often the relation holds elsewhere, which slip explains the difference,
what else stands in the column); here is decided what may be called a violation. Every threshold of that stands in
`table`, with its reason. No figures are found here, no files are read.
"""
