"""PDF files: what stands on their pages. A process that does nothing else asks PDFium (the extra `pdf`) and tells it in
plain numbers and text; nothing of a file is run, followed or written."""
