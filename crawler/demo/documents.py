"""The small PDF files some articles attach: one blank-looking page each, made byte by byte."""

from __future__ import annotations

from crawler.demo.story import Document


def pdf_of(document: Document) -> bytes:
    """Return a valid one-page PDF that says what it is.

    The title goes into the document information as UTF-16; the page prints ASCII only, so that no font
    need be embedded.
    """
    line = f"Reconstruction by the Van kho project: {document.path.rsplit('/', 1)[-1]}"
    stream = f"BT /F1 12 Tf 72 770 Td ({line}) Tj ET".encode("ascii")
    title = document.title.encode("utf-16-be").hex().upper()
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
        f"<< /Title <FEFF{title}> /Producer (Reconstruction, not received from a site) >>".encode("ascii"),
    )
    return _assemble(objects)


def _assemble(objects: tuple[bytes, ...]) -> bytes:
    """Number the objects and write the cross-reference table (PDF 1.4, section 3.4)."""
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )
    return bytes(out)
