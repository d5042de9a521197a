"""The bundled capture of five sites: reconstructed pages in one WARC, for the demo and the tests."""
