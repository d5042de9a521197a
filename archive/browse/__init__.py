"""The archive in a browser: pages for reading, searching, comparing and citing, on top of Datasette.

    plugin.py      what Datasette calls: our pages' addresses, names for templates, headers on every answer
    reader.py      how pages read: one snapshot a question, never a write, whole-table figures kept
    view.py        one page as HTML and as JSON; errors as pages
    safety.py      what a browser may do with each answer
    pages_*.py     what each page shows, as plain data
    charts.py      plots as inline SVG, a table always beside them
    templates/     the pages;  static/  their style

Nothing here writes, runs a script in a browser, or lets a page load anything from another host.
"""
