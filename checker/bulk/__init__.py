"""The same rules over many releases: documents or typed facts in, one documented set of Parquet tables out.

Nothing here is imported by a run over one release; what is needed beyond the core is the extra `bulk`.
"""
