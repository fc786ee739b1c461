"""Reads a workbook without any of the product's code: prints the cells of its sheets as JSON. Usage: FILE"""
import json
import re
import sys
import xml.etree.ElementTree as xml
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"


def text_of(cell):
    text = "".join(part.text or "" for part in cell.iter(MAIN + "t"))
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)


def value_of(cell, formats):
    if cell.find(MAIN + "f") is not None:
        return ["formula", cell.find(MAIN + "f").text]
    if cell.get("t") == "inlineStr":
        return ["text", text_of(cell)]
    value = cell.find(MAIN + "v")
    return None if value is None else [formats[int(cell.get("s", "0"))], value.text]


with zipfile.ZipFile(sys.argv[1]) as book:
    assert book.testzip() is None
    tree = lambda path: xml.fromstring(book.read(path))
    overrides = {part.get("PartName") for part in tree("[Content_Types].xml") if part.get("PartName")}
    targets = {part.get("Id"): "xl/" + part.get("Target") for part in tree("xl/_rels/workbook.xml.rels")}
    assert tree("_rels/.rels").find(PACKAGE + "Relationship").get("Target") == "xl/workbook.xml"
    assert all("/" + path in overrides for path in targets.values())
    formats = {"0": "number", "14": "day", "22": "moment", "164": "amount"}
    cell_formats = tree("xl/styles.xml").find(MAIN + "cellXfs")
    formats = [formats[style.get("numFmtId")] for style in cell_formats]
    sheets = []
    for sheet in tree("xl/workbook.xml").find(MAIN + "sheets"):
        rows = tree(targets[sheet.get(OFFICE + "id")]).iter(MAIN + "row")
        sheets.append({"name": sheet.get("name"), "rows": [[value_of(cell, formats) for cell in row] for row in rows]})
    print(json.dumps(sheets))
