"""A mail merge as an office does it: a letter with fields over the picture of the blank sheet, a list beside it, one
tagged PDF/A-2 a row, by LibreOffice.

Run by the workload `certificates` with Debian's python3 (package python3-uno):
python3 mail_merge.py FOLDER, where FOLDER holds letter.fodt with SHEET for the picture, sheet.png and list.csv; the PDF
files go into FOLDER/out.
"""
import base64
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.sdb.CommandType import TABLE
from com.sun.star.text.MailMergeType import FILE

folder = os.path.abspath(sys.argv[1])
out = os.path.join(folder, "out")
os.makedirs(out)
with open(os.path.join(folder, "sheet.png"), "rb") as picture, open(os.path.join(folder, "letter.fodt"), "r+") as letter:
    whole = letter.read().replace("SHEET", base64.b64encode(picture.read()).decode())
    letter.seek(0)
    letter.write(whole)
pipe = f"merge{os.getpid()}"
office = subprocess.Popen(
    ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"]
)


def enter():
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.05)
    sys.exit("LibreOffice does not answer")


there = enter()
make = lambda name: there.ServiceManager.createInstanceWithContext(name, there)  # noqa: E731
sources = make("com.sun.star.sdb.DatabaseContext")
source = sources.createInstance()
source.URL = f"sdbc:flat:file://{folder}"
settings = {"Extension": "csv", "HeaderLine": True, "FieldDelimiter": ";", "StringDelimiter": '"', "CharSet": "utf-8"}
source.Info = tuple(PropertyValue(Name=name, Value=value) for name, value in settings.items())
source.DatabaseDocument.storeAsURL(f"file://{folder}/names.odb", ())
sources.registerObject("names", source)
merge = make("com.sun.star.text.MailMerge")
merge.DataSourceName = "names"
merge.CommandType = TABLE
merge.Command = "list"
merge.DocumentURL = f"file://{folder}/letter.fodt"
merge.OutputType = FILE
merge.OutputURL = f"file://{out}"
merge.FileNamePrefix = "letter"
merge.SaveFilter = "writer_pdf_Export"
archived = {"SelectPdfVersion": 2, "UseTaggedPDF": True}
merge.SaveFilterData = tuple(PropertyValue(Name=name, Value=value) for name, value in archived.items())
try:
    merge.execute(())
except Exception as fault:
    # Some versions fall over while they close the letter, after the last file; the workload counts the files.
    print(f"LibreOffice ended early: {fault}", file=sys.stderr)
try:
    make("com.sun.star.frame.Desktop").terminate()
except Exception:
    pass
office.wait(60)
