#!/usr/bin/env python3
"""Holds the page (--format html) of several patients to what it promises.

Usage: check_html.py PROGRAM SOURCE_FOLDER. For each patient: well nested, ids unique and links to them alive, nothing loaded from elsewhere and no
script, headings in order, a table's headings with scope, every finding of the JSON there with its words, every entry that was not screened there,
twice the same bytes. Colours of the style sheet have a contrast of at least 4.5. A patient of hostile names changes nothing of the page's structure.
"""
import html
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "br", "link", "img", "hr", "input"}
SVG_EMPTY = {"rect", "path"}
LOADS = {"src", "srcset", "data", "poster", "background", "action", "formaction", "xlink:href"}
FORBIDDEN = {"script", "link", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "use", "image"}
HOSTILE = """as_of: 2025-03-10
patient: {id: "</title><script>alert(1)</script>", age: 82, sex: female}
conditions: ["<img src=x onerror=alert(2)>", '" onmouseover="alert(3)']
medications:
  - diazepam 5 mg by mouth twice daily
  - oxycodone 5 mg oral twice daily
  - "</style><b>sleep tea</b> & 'more'"
  - "\\u202Eevil\\u0007 <svg/onload=alert(4)>"
"""


class Page(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.faults, self.ids, self.links, self.headings, self.text, self.style = [], [], [], [], [], [], []
        self.described = []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if len(given) != len(attributes):
            self.faults.append(f"<{tag}> has an attribute twice")
        if tag in FORBIDDEN:
            self.faults.append(f"<{tag}> has no place here")
        for name, value in attributes:
            if name.startswith("on"):
                self.faults.append(f"<{tag}> has a handler {name}")
            if name in LOADS or (name == "style" and "url(" in (value or "")):
                self.faults.append(f"<{tag}> loads {value}")
        if "id" in given:
            self.ids.append(given["id"])
        for name in ("aria-labelledby", "aria-describedby"):
            self.described += (given.get(name) or "").split()
        if tag == "a":
            self.links.append(given.get("href", ""))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "th" and given.get("scope") not in ("row", "col"):
            self.faults.append("a <th> without scope")
        if tag == "html" and not given.get("lang"):
            self.faults.append("no lang")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        self.handle_endtag(tag)
        if tag not in SVG_EMPTY:
            self.faults.append(f"<{tag}/> is not empty in HTML")

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")
        else:
            self.open.pop()

    def handle_data(self, data):
        (self.style if self.open[-1:] == ["style"] else self.text).append(data)


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    parts = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def check_colours(style):
    pairs = 0
    tints = set(re.findall(r"rect\{fill:(#[0-9a-f]{6})", style)) | {"#ffffff"}
    for selector, block in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        colour = re.search(r"(?:^|;)(?:color):(#[0-9a-f]{6})", block)
        ground = re.search(r"(?:^|;)background:(#[0-9a-f]{6})", block)
        grounds = [ground[1]] if ground else ["#ffffff", "#f3f5f7"]
        if "text" in selector or selector.strip().startswith((".lit .note", ".lit .head")):
            colour, grounds = re.search(r"fill:(#[0-9a-f]{6})", block), sorted(tints)
        if not colour:
            continue
        for each in grounds:
            pairs += 1
            if contrast(colour[1], each) < 4.5:
                yield f"{selector.strip()}: {colour[1]} on {each} has a contrast of {contrast(colour[1], each):.2f}"
    if pairs < 20:
        yield f"only {pairs} pairs of colours found: can this script read the style sheet?"


def run(program, *arguments):
    return subprocess.run([program, "screen", *arguments], capture_output=True, check=True).stdout.decode("utf-8")


def words(text):
    return re.sub(r"\s+", " ", text).strip()


def check_findings(page, screening):
    text = words(" ".join(page.text))
    for kind in ("findings", "folded", "undecided"):
        for finding in screening[kind]:
            for needed in (finding["id"], finding["effect"], finding["rule"], *finding["drugs"]):
                if words(needed) not in text:
                    yield f"{kind}: {finding['rule']}: the page does not hold {needed}"
    for finding in screening["findings"]:
        if f"finding-{finding['ref']}" not in page.ids:
            yield f"finding {finding['ref']} has no anchor"
    for entry in screening["coverage"]["not_screened"]:
        if words(entry["text"])[:40] not in text and not any(ord(c) < 32 or c == "\u202e" for c in entry["text"]):
            yield f"not screened, and not there: {entry['text']}"
    if screening["coverage"]["not_screened"] and "not-screened" not in page.ids:
        yield "what was not screened has no section"


def check(program, arguments):
    raw = run(program, *arguments, "--format", "html")
    if raw != run(program, *arguments, "--format", "html"):
        yield "twice the same input gave other bytes"
    page = Page()
    page.feed(raw)
    page.close()
    yield from page.faults
    if page.open:
        yield f"left open: {page.open}"
    yield from (f"id {name} stands {count} times" for name, count in Counter(page.ids).items() if count > 1)
    yield from (f"link to {link}, which is not there" for link in page.links if link.startswith("#") and link[1:] not in page.ids)
    yield from (f"link to {link}" for link in page.links if not re.match(r"#|https?://", link))
    yield from (f"labelled by {name}, which is not there" for name in page.described if name not in page.ids)
    if page.headings[:1] != [1] or page.headings.count(1) != 1:
        yield "not one first heading"
    yield from (f"a heading of rank {b} after one of rank {a}" for a, b in zip(page.headings, page.headings[1:]) if b > a + 1)
    style = "".join(page.style)
    if "url(" in style or "@import" in style:
        yield "the style sheet loads something"
    yield from check_colours(style)
    yield from check_findings(page, json.loads(run(program, *arguments, "--format", "json")))
    patient = raw[raw.index('id="patient"'):]
    if "Do not change anything before you have spoken" not in patient:
        yield "the patient is not told to speak to somebody first"
    questions = words(html.unescape(re.sub(r"<[^>]*>", " ", patient)))
    for order in re.finditer(r'(?:^|(?<=[.?!:;"] ))"?(Stop|Leave off|Pause|Never take|Do not take(?! more))\b[^.?!]*', questions):
        first = questions[:order.start()].endswith("Speak to your pharmacist about this first: ")
        if not first and not re.search(r" (before|without|unless) ", order[0]):
            yield f"the patient is told to leave out something, and not to speak first: {order[0]}"


def main():
    program, source = sys.argv[1], Path(sys.argv[2])
    faults, pages = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        hostile = Path(folder) / "hostile.yaml"
        hostile.write_text(HOSTILE, encoding="utf-8")
        patients = [source / "examples/01_quick_start/ada.yaml", hostile, *sorted((source / "tests/golden/vignettes").glob("*.yaml"))]
        for patient in patients:
            pages += 1
            for fault in check(program, [str(patient), "--as-of", "2025-03-10"] if patient == hostile else [str(patient)]):
                print(f"{patient.name}: {fault}")
                faults += 1
    print(f"{pages} pages, {faults} faults")
    return 1 if faults or pages < 10 else 0


if __name__ == "__main__":
    sys.exit(main())
