"""Office files: the zip that they are and its parts, opened within limits, and what a Word document prints, in order.

Reading makes blocks of it, and a report puts comments into a copy: both walk over the same pieces. lxml (the extra
`docx`) is imported by `parts` alone.
"""
