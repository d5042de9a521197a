"""Reading one page: its lines as printed, the article's place among them, and each field where it stands.

`crawler.extract` puts the parts together. Nothing here fetches, stores, or asks the clock.
"""
