#!/usr/bin/env python3
"""Checks a bundle of evidence without the program that wrote it: check_bundle.py BUNDLE [--key KEY] [--timestamp-ca FILE]

Written from Docs/evidence.md alone, with nothing but Python's standard library (and openssl for time stamps, where present). It
checks that the file is whole, that each act stands in the log as it was signed, that letters, reports, texts and personal data
are those that the acts name, and that the bundle is the one that the platform sealed. It has no rules of law in it and does not
compute the answer again: `tenor check` does. Ends with 0 where all holds, with 4 where something does not, with 2 where nothing
is damaged and not everything is proved, with 64 where it was called wrongly.
"""
import base64, datetime, hashlib, json, os, re, subprocess, sys, tempfile, zlib


class Damaged(Exception):
    pass


class Misused(Exception):
    pass


def require(holds, words):
    if not holds:
        raise Damaged(words)


# Ed25519 (RFC 8032, section 5.1), written plainly: slow, and short enough to be read.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(a, b):
    e = (a[1] - a[0]) * (b[1] - b[0]) % P
    f = (a[1] + a[0]) * (b[1] + b[0]) % P
    g = 2 * a[3] * b[3] * D % P
    h = 2 * a[2] * b[2] % P
    e, g, h, f = f - e, h - g, h + g, f + e
    return (e * g % P, h * f % P, g * h % P, e * f % P)


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        if n & 1:
            result = add(result, point)
        point, n = add(point, point), n >> 1
    return result


def point(bytes_):
    y = int.from_bytes(bytes_, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(key, message, signature):
    if len(signature) != 64:
        return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def unbase64(text):
    bytes_ = base64.b64decode(text, validate=True)
    require(base64.b64encode(bytes_).decode() == text, "there is Base64 that is not in its one form")
    return bytes_


# Keys and notes (C2SP, signed-note and tlog-cosignature).
LOG, WITNESS = 1, 4


def read_key(text, kind=LOG):
    name, identifier, rest = text.split("+", 2)
    key = unbase64(rest)
    require(len(key) == 33 and key[0] == kind and name and not re.search(r"\s", name), f"{text} is no Ed25519 key")
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    require(identifier == expected.hex(), f"the key {text} has not its own identifier")
    return name, expected, key[1:]


def read_note(note):
    """The text of a note, and its signatures: name, identifier of the key, and the signature proper."""
    require(not re.search(r"[\0-\x09\x0b-\x1f]", note), "a note has control characters")
    text, parting, lines = note.rpartition("\n\n")
    require(parting and lines.endswith("\n"), "a note is cut short")
    signatures = []
    for line in lines[:-1].split("\n"):
        require(line.startswith("— ") and line.count(" ") == 2, "a signature line is not one")
        name, signature = line[2:].split(" ")
        signatures.append((name, unbase64(signature)[:4], unbase64(signature)[4:]))
    return text + "\n", signatures


def signers(note, keys):
    """The text of a note, and which of the keys signed it; nobody else has, and nobody twice."""
    text, signatures = read_note(note)
    found = []
    for name, identifier, signature in signatures:
        key = next((key for key in keys if (name, identifier) == read_key(key)[:2]), None)
        require(key and key not in found, "a note bears a signature that does not belong there")
        require(is_signature(read_key(key)[2], text.encode(), signature), f"the signature of {name} is false")
        found.append(key)
    return text, found


def state(note, log, key):
    """The size and the root of a signed state of the log: three lines, and the signature of one key."""
    text, found = signers(note, [key])
    lines = text.split("\n")
    require(found == [key] and len(lines) == 4 and lines[0] == log and read_key(key)[0] == log, "it is of another log")
    require(re.fullmatch("0|[1-9][0-9]*", lines[1]) and len(unbase64(lines[2])) == 32, "it is no state of a log")
    return int(lines[1]), unbase64(lines[2])


# The log (RFC 6962, section 2.1).
def node(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def root(leaf, index, size, path):
    require(0 <= index < size, "the act is not in the log of that size")
    last = size - 1
    for sibling in path:
        require(last > 0, "the proof is too long")
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = node(leaf, sibling)
        index, last = index >> 1, last >> 1
    require(last == 0, "the proof is too short")
    return leaf


def grew(old, new, path):
    """Whether the log of one size and root continues that of another (section 2.1.2)."""
    (first, old_root), (second, new_root) = old, new
    if first == second:
        return not path and old_root == new_root
    if not 0 < first < second or not path:
        return False
    if first & (first - 1) == 0:
        path = [old_root] + path
    index, last = first - 1, second - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    left = right = path[0]
    for hash_ in path[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            left, right = node(hash_, left), node(hash_, right)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            right = node(right, hash_)
        index, last = index >> 1, last >> 1
    return last == 0 and (left, right) == (old_root, new_root)


def read_hashes(lines):
    hashes = [unbase64(line) for line in lines]
    require(all(len(hash_) == 32 for hash_ in hashes), "a line is no hash")
    return hashes


def canonical(value):
    """Canonical JSON (RFC 8785) of what acts and manifests hold: no fractions."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(item) for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def no_constant(text):
    raise Damaged(f"{text} is no JSON")


def read_canonical(bytes_, path):
    value = json.loads(bytes_, parse_constant=no_constant)
    require(canonical(value).encode() == bytes_, f"{path} is not canonical JSON")
    return value


# The archive: each byte of it is content, or what must stand there.
def write_archive(files):
    body, directory = b"", b""
    for path, content in files:
        size = len(content).to_bytes(4, "little")
        common = (b"\x14\0" + bytes(6) + b"\x21\0" + zlib.crc32(content).to_bytes(4, "little") + size + size
                  + len(path).to_bytes(2, "little") + b"\0\0")
        directory += b"PK\1\2\x14\0" + common + bytes(10) + len(body).to_bytes(4, "little") + path.encode()
        body += b"PK\3\4" + common + path.encode() + content
    count = len(files).to_bytes(2, "little")
    return (body + directory + b"PK\5\6" + bytes(4) + count + count + len(directory).to_bytes(4, "little")
            + len(body).to_bytes(4, "little") + bytes(2))


def read_archive(data):
    files, place = [], 0
    while data[place:place + 4] == b"PK\3\4":
        size = int.from_bytes(data[place + 18:place + 22], "little")
        start = place + 30 + int.from_bytes(data[place + 26:place + 28], "little")
        files.append((data[place + 30:start].decode("ascii"), data[start:start + size]))
        place = start + size
    part = r"(?!\.\.?(/|\Z))[A-Za-z0-9._-]+"
    require(all(re.fullmatch(f"{part}(/{part})*", path) and len(path) < 256 for path, _ in files), "a name is none")
    require([path for path, _ in files] == sorted({path for path, _ in files}), "the files are not in order")
    require(write_archive(files) == data, "the archive is not byte for byte as it was written")
    return dict(files)


# What each member of the manifest must be.
SHA256 = "[0-9a-f]{64}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?"
FORMAT, PAGES = "tenor-evidence/2", "tenor 0.1.0, 2"
RECORDS = {
    "files": {"path": ".+", "bytes": int, "sha256": SHA256},
    "absent": {"act": int, "kind": "letter|report", "sha256": SHA256, "reason": "erased|not-kept"},
    "witnesses": {"act": int, "kind": "cosignature|timestamp", "size": int, "by": "(?s).+"},
}
MEMBERS = {
    "format": ".*", "pages": "(?s).*", "log": ".+", "developer": "[A-Za-z0-9._:-]{1,128}",
    "document": "(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*", "size": int, "quiet": list, "files": list, "absent": list,
    "witnesses": list, "knownAt": MOMENT + "Z", "at": rf"\d{{4}}-\d\d-\d\d|(?i:{MOMENT}(Z|[+-]\d\d:\d\d))",
}


def is_record(value, members):
    return isinstance(value, dict) and set(value) == set(members) and all(
        re.fullmatch(form, value[name]) is not None if isinstance(form, str) and isinstance(value[name], str)
        else type(value[name]) is form for name, form in members.items())


def read_manifest(files):
    require("manifest.json" in files, "there is no manifest.json")
    manifest = read_canonical(files["manifest.json"], "manifest.json")
    require(isinstance(manifest, dict), "manifest.json is no object")
    require(manifest.get("format") == FORMAT, f"the format {manifest.get('format')} is another one")
    require(is_record(manifest, MEMBERS), "manifest.json has not the members that it must have")
    for name, members in RECORDS.items():
        require(all(is_record(record, members) for record in manifest[name]), f"'{name}' in manifest.json is not as it must be")
    require(all(type(number) is int for number in manifest["quiet"]), "'quiet' in manifest.json is not as it must be")
    datetime.date.fromisoformat(manifest["at"][:10])
    require([file["path"] for file in manifest["files"]]
            == [path for path in files if path not in ("manifest.json", "seal.txt")], "the manifest names other files")
    for file in manifest["files"]:
        content = files[file["path"]]
        require(len(content) == file["bytes"] and hashlib.sha256(content).hexdigest() == file["sha256"],
                f"{file['path']} was altered")
    return manifest


def escape(text):
    for character, entity in [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")]:
        text = text.replace(character, entity)
    text = re.sub("[\u202a-\u202e\u2066-\u2069]", lambda sign: f'<span class="unseen">U+{ord(sign[0]):X}</span>', text)
    return re.sub("[\0-\x08\x0b-\x1f\x7f-\x9f]", "\ufffd", text)


def struck(edits):
    marks = {"equal": "{}", "delete": "<del>{}</del>", "insert": "<ins>{}</ins>"}
    return "".join(marks[edit["op"]].format(escape(edit["text"]).replace("\n", "<br>\n")) for edit in edits)


def is_made_of(text, clauses):
    """Whether a text is clauses, one after the other, with nothing but line feeds between them."""
    places, reached = {0}, set()
    while places:
        place = places.pop()
        reached.add(place)
        nexts = {place + len(clause) for clause in clauses if clause and text.startswith(clause, place)}
        nexts |= {place + 1} if text.startswith("\n", place) else set()
        places |= nexts - reached
    return len(text) in reached


class Check:
    def __init__(self, files, trusted=None, authority=None):
        self.files, self.trusted, self.authority = files, trusted, authority
        self.manifest = read_manifest(files)
        self.doubts, self.known = [], {"manifest.json", "seal.txt", "checkpoint.txt", "keys.txt", "answer.json", "README.html"}
        for path in self.known - {"manifest.json", "seal.txt"}:
            require(path in files, f"{path} is missing")
        print(f"whole       {len(files)} files, each with the hash that the manifest names")

    def text(self, path):
        require(path in self.files, f"{path} is missing")
        self.known.add(path)
        return self.files[path].decode()

    def check(self):
        self.check_acts()
        self.check_keys()
        self.check_seal()
        self.check_witnesses()
        self.check_person()
        self.check_mails()
        self.check_texts()
        self.check_answer()
        strange = set(self.files) - self.known
        require(not strange, f"{', '.join(sorted(strange))} does not belong to the bundle")

    def check_acts(self):
        """The acts, and the keys that the log tells of."""
        self.note = self.text("checkpoint.txt")
        lines = read_note(self.note)[0].split("\n")
        require(lines[0] == self.manifest["log"] and lines[1] == str(self.manifest["size"]),
                "the checkpoint is of another log or size")
        size, top = self.manifest["size"], unbase64(lines[2])
        self.acts, self.keys = {}, []
        for path in [path for path in self.files if path.startswith("acts/")]:
            act = read_canonical(self.files[path], path)
            number = act["sequence"]
            require(type(number) is int and path == f"acts/{number:08}.json", f"{path} is act {number}")
            proof = self.text(f"proofs/{number:08}.tlog-proof")
            head, _, signed = proof.partition("\n\n")
            lines = head.split("\n")
            require(lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {number - 1}"], f"the proof of act {number} is none")
            require(signed == self.note, f"the proof of act {number} is for another checkpoint")
            leaf = hashlib.sha256(b"\0" + self.files[path]).digest()
            require(root(leaf, number - 1, size, read_hashes(lines[2:])) == top,
                    f"act {number} is not in the log that was signed")
            self.known.add(path)
            self.acts[number] = act
        for number, act in sorted(self.acts.items()):
            if act["act"] == "key-adopted":
                require(not self.keys, f"act {number}: the log had a key already")
                self.keys.append((number, act["key"]))
            elif act["act"] == "key-rotated":
                require(self.keys, f"act {number}: there was no key before it")
                pair = [self.keys[-1][1], act["key"]]
                text, found = signers(act["handover"], pair)
                require(text == "\n".join(["tenor-key-handover/1"] + pair + [str(number - 1), ""]),
                        f"act {number}: another handover")
                require(set(found) == set(pair), f"act {number}: not signed by both keys")
                self.keys.append((number, act["key"]))
        print(f"in the log  {len(self.acts)} acts, each proved to be among the {size} that were signed")

    def check_keys(self):
        require(self.keys, "no act names the key of the log")
        self.key = self.keys[-1][1]
        self.state = state(self.note, self.manifest["log"], self.key)
        named = [key for _, key in self.keys]
        require(self.text("keys.txt") == "".join(key + "\n" for key in named), "keys.txt names other keys")
        require(self.trusted is None or self.trusted in named, f"the key {self.trusted} is none of the log's")
        if self.trusted not in (None, self.key):
            self.doubts.append(f"the key {self.trusted} has handed over to the one that signed: {self.key}; name that one")
        print(f"signed      with the key {self.key}" + ("" if self.trusted else "; compare it with the published one"))

    def check_seal(self):
        if "seal.txt" not in self.files:
            self.doubts.append("nobody has sealed the bundle, so that the answer and the pages, which this program does not "
                               "compute again, are nobody's word: tenor check computes them")
            return
        text, _ = signers(self.text("seal.txt"), [self.key])
        digest = hashlib.sha256(self.files["manifest.json"]).hexdigest()
        require(text == f"tenor-evidence-seal/1\n{self.manifest['log']}\n{digest}\n", "seal.txt is the seal of another bundle")
        print("sealed      as a whole, with the same key: this is what the platform handed out")

    def check_witnesses(self):
        witnesses, states = self.manifest["witnesses"], {}
        acts = [witness["act"] for witness in witnesses]
        require(acts == sorted(set(acts)), "the witnesses are not in the order of their acts")
        for witness in witnesses:
            size = witness["size"]
            name = f"witnesses/{size:08}"
            if size not in states:
                note, growth = self.text(f"{name}.txt"), self.text(f"{name}.consistency")
                keys = [key for since, key in self.keys if since <= size]
                require(keys, f"{name}.txt was signed before the log had a key")
                found = state(note, self.manifest["log"], keys[-1])
                require(found[0] == size and (growth == "" or growth.endswith("\n")), f"{name}.txt is of another size")
                require(grew(found, self.state, read_hashes(growth.split("\n")[:-1])),
                        f"{name}.txt is not continued by what the bundle is under")
                states[size] = note
            path = f"{name}-{witness['act']:08}" + (".cosignature" if witness["kind"] == "cosignature" else ".tsr")
            require(path in self.files, f"{path} is missing")
            self.known.add(path)
            if witness["kind"] == "cosignature":
                self.check_cosignature(path, witness["by"], states[size], size)
            else:
                self.check_stamp(path, witness["by"], states[size], size)

    def check_cosignature(self, path, by, note, size):
        name, identifier, key = read_key(by, WITNESS)
        text, signatures = read_note(self.files[path].decode())
        require(text == read_note(note)[0] and len(signatures) == 1, f"{path} is about something else")
        require(signatures[0][:2] == (name, identifier) and len(signatures[0][2]) == 72, f"{path} is no cosignature of {by}")
        seconds = int.from_bytes(signatures[0][2][:8], "big")
        require(seconds < 1 << 40 and is_signature(key, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signatures[0][2][8:]),
                f"the cosignature of {name} is false")
        print(f"witnessed   the state of {size} acts, by {name}, {seconds} seconds after 1970; compare its key: {by}")

    def check_stamp(self, path, by, note, size):
        reply = self.files[path]
        require(hashlib.sha256(note.encode()).digest() in reply, f"{path} is a time stamp of something else")
        if not self.authority:
            print(f"stamped?    the state of {size} acts, through {by}: not checked; name the authority with --timestamp-ca")
            return
        with tempfile.TemporaryDirectory() as folder:
            for name, content in (("note", note.encode()), ("reply", reply)):
                with open(os.path.join(folder, name), "wb") as file:
                    file.write(content)
            data, stamp = os.path.join(folder, "note"), os.path.join(folder, "reply")
            try:
                run = subprocess.run(["openssl", "ts", "-verify", "-data", data, "-in", stamp, "-CAfile", self.authority],
                                     capture_output=True)
            except FileNotFoundError:
                raise Misused("openssl is not installed or not on the PATH; leave out --timestamp-ca, or install it")
        require(run.returncode == 0, f"{path} does not hold by the certificates in {self.authority}")
        print(f"stamped     the state of {size} acts, through {by}")

    def about(self, *names):
        return [act for _, act in sorted(self.acts.items())
                if act["act"] in names and act.get("developer") == self.manifest["developer"]]

    def check_person(self):
        self.erased = bool(self.about("developer-erased"))
        require(self.about("developer-added"), "the act of registering the developer is missing")
        last = self.about("developer-added", "address-changed", "developer-erased")[-1]
        if last["act"] == "developer-erased":
            require("person.json" not in self.files, "person.json is here, though it was erased")
            print("person      name and address were erased")
            return
        self.text("person.json")
        person = read_canonical(self.files["person.json"], "person.json")
        require(set(person) == {"email", "name", "salt"}, "person.json has other members")
        salt = person.pop("salt")
        require(hashlib.sha256((salt + canonical(person)).encode()).hexdigest() == last["commitment"],
                "person.json is not what the log is bound to")

    def check_mails(self):
        """Letters and reports, each bound by its hash in an act."""
        absent, bound = list(self.manifest["absent"]), set()
        for number, act in sorted(self.acts.items()):
            for member, kind in [("messageSha256", "letter"), ("mailSha256", "report")]:
                if member not in act:
                    continue
                path = f"{kind}s/{act[member]}.eml"
                if path in self.files:
                    require(hashlib.sha256(self.files[path]).hexdigest() == act[member], f"{path} is another mail")
                    bound.add(path)
                    continue
                kept = act.get("letterKept", kind == "report")
                gaps = [gap for gap in self.manifest["absent"] if (gap["kind"], gap["sha256"]) == (kind, act[member])]
                require(gaps, f"{path} is missing")
                for gap in [gap for gap in absent if gap in gaps and gap["act"] == number][:1]:
                    require(self.erased if gap["reason"] == "erased" else not kept, f"{path} is missing")
                    absent.remove(gap)
        require(not absent, "manifest.json tells of missing mails that no act names")
        require(bound == {path for path in self.files if path.startswith(("letters/", "reports/"))},
                "a mail belongs to no act")
        self.known |= bound
        print(f"letters     {len(bound)} letters and reports, each named by its hash in an act")

    def postings(self, document):
        return [act for _, act in sorted(self.acts.items())
                if act["act"] == "version-posted" and act["document"] == document]

    def check_texts(self):
        postings = self.postings(self.manifest["document"])
        require(any(act["act"] == "document-added" and act["document"] == self.manifest["document"]
                    for act in self.acts.values()), "the act of adding the document is missing")
        for act in postings:
            text = "".join(clause["source"] for clause in act["clauses"])
            require(hashlib.sha256(text.encode()).hexdigest() == act["sha256"], "the text of a version has another hash")
            require(self.text(f"versions/{act['version']}.md") == text, f"version {act['version']} has other words")
            if act.get("basedOn") is None:
                continue
            require(any(other["version"] == act["basedOn"] for other in postings), f"version {act['basedOn']} is missing")
            page = self.text(f"redlines/{act['version']}.html")
            shown = re.findall(r"<blockquote><p>(.*?)</p></blockquote>", page, re.S)
            require(self.manifest["pages"] != PAGES or shown == [struck(change["edits"]) for change in act["changes"] if change["edits"]],
                    f"the redline of version {act['version']} shows other changes than the act of posting")
        print(f"texts       {len(postings)} versions, word for word as they were posted")

    def check_answer(self):
        """What can be told of the answer without rules of law."""
        self.text("answer.json")
        answer = read_canonical(self.files["answer.json"], "answer.json")
        for member in ("developer", "document", "at", "knownAt"):
            require(answer[member] == self.manifest[member], f"answer.json answers another question ({member})")
        labels = {act["version"] for act in self.postings(self.manifest["document"])}
        told = [entry["version"] for entry in answer["versions"]] + ([answer["version"]] if answer["version"] else [])
        require(labels.issuperset(told), "answer.json tells of versions that were not posted")
        texts = [("text-in-force.md", self.manifest["document"])]
        texts += [(f"incorporated/{named['document']}.md", named["document"]) for named in answer["incorporated"]]
        for path, document in texts:
            if path in self.files:
                clauses = {clause["source"] for act in self.postings(document) for clause in act["clauses"]}
                require(is_made_of(self.text(path), clauses), f"{path} has words that were never posted")
        require("text-in-force.md" in self.files or not answer["bound"], "text-in-force.md is missing")
        page, place = self.text("README.html"), 0
        require("<script" not in page.lower(), "README.html is a program")
        for step in answer["basis"]:
            words = f"<li>{escape(step['rule'] + ': ' + step['says'])}</li>"
            place = page.find(words, place)
            require(place >= 0 or self.manifest["pages"] != PAGES, "README.html gives other reasons than answer.json")
            place = max(place, 0)
        if self.manifest["pages"] != PAGES:
            self.doubts.append(f"the pages are another program's wording ({self.manifest['pages']}): rely on none of their words")
        print(f"{answer['developer']} · {answer['document']} · {answer['at']}: "
              + (f"version {answer['version']}" if answer["bound"] else "not bound"))


def check(data, trusted=None, authority=None):
    """Why the bundle is not proved, though undamaged; nothing where it is sound as far as this program checks."""
    run = Check(read_archive(data), trusted, authority)
    run.check()
    return run.doubts


def main(arguments):
    options = {"--key": None, "--timestamp-ca": None}
    files = []
    while arguments:
        argument = arguments.pop(0)
        if argument in options:
            if not arguments:
                raise Misused(f"{argument} is given without what it names")
            options[argument] = arguments.pop(0)
        else:
            files.append(argument)
    if len(files) != 1 or files[0].startswith("--"):
        raise Misused(__doc__.split("\n")[0])
    try:
        if options["--key"] is not None:
            read_key(options["--key"])
    except (Damaged, ValueError):
        raise Misused(f"--key {options['--key']}: a key is NAME+ID+KEY")
    authority = options["--timestamp-ca"]
    if authority and not os.path.isfile(authority):
        print(f"there is no file {authority}", file=sys.stderr)
        return 2
    try:
        with open(files[0], "rb") as file:
            data = file.read()
    except OSError as error:
        print(f"{files[0]} cannot be read: {error.strerror}", file=sys.stderr)
        return 2
    try:
        doubts = check(data, options["--key"], authority)
    except Damaged as error:
        print(f"DAMAGED     {error}")
        return 4
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        print(f"DAMAGED     it is not written as bundles are ({type(error).__name__}: {error})")
        return 4
    for doubt in doubts:
        print(f"NOT PROVED  {doubt}")
    if doubts:
        print(f"{files[0]}: undamaged, but not all of it is proved")
        return 2
    print(f"{files[0]}: sound, as far as this program checks; it does not compute the answer again")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    try:
        sys.exit(main(sys.argv[1:]))
    except Misused as error:
        print(error, file=sys.stderr)
        sys.exit(64)
