#!/usr/bin/env python3
"""Checks a bundle of evidence without the program that wrote it: check_bundle.py BUNDLE [--key KEY] [--timestamp-ca FILE]

Written from Docs/evidence.md alone, with nothing but Python's standard library (and openssl for time stamps, where present). It
checks that the file is whole, that each act stands in the log as it was signed, that letters, reports, texts and personal data
are those that the acts name, and that the bundle is the one that the platform sealed. It has no rules of law in it and does not
compute the answer again: `tenor check` does. Ends with 0 where all holds, with 4 where something does not, with 2 where nothing
is damaged and not everything is proved, with 64 where it was called wrongly.
"""
import argparse, base64, datetime, hashlib, json, os, re, shutil, struct, subprocess, sys, tempfile, zlib


class Damaged(ValueError):
    pass


class Unknown(Exception):
    pass


def require(holds, words):
    if not holds:
        raise Damaged(words)


def sha256(data):
    return hashlib.sha256(data).digest()


# Ed25519 (RFC 8032, section 5.1), written plainly: slow, and short enough to be read.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def add(a, b):
    e, h = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    f, g = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = h - e, g - f, g + f, h + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n, point):
    result = (0, 1, 1, 0)
    while n:
        result, point, n = add(result, point) if n & 1 else result, add(point, point), n >> 1
    return result


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y % 2**255
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P
    require(y < P and x * x % P == square and (x or not sign), "a key or a signature is no point of the curve")
    x = x if x % 2 == sign else P - x
    return x, y, 1, x * y % P


def verify(key, message, signature, words):
    r, s = signature[:32], int.from_bytes(signature[32:], "little")
    h = int.from_bytes(hashlib.sha512(r + key + message).digest(), "little") % L
    base = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))
    left, right = times(s, base), add(point(r), times(h, point(key)))
    same = all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))
    require(len(signature) == 64 and s < L and same, words)


# Keys and notes (C2SP, signed-note and tlog-cosignature).
LOG, WITNESS = 1, 4


def unbase64(text):
    data = base64.b64decode(text, validate=True)
    require(base64.b64encode(data).decode() == text, "there is Base64 that is not in its one form")
    return data


def read_key(text, kind=LOG):
    name, identifier, rest = text.split("+", 2)
    key = unbase64(rest)
    require(len(key) == 33 and key[0] == kind and name and not re.search(r"\s", name), f"{text} is no Ed25519 key")
    require(identifier == sha256(name.encode() + b"\n" + key)[:4].hex(), f"the key {text} has not its own identifier")
    return name, bytes.fromhex(identifier), key[1:]


def read_note(note):
    """The text of a note, and its signatures: name, identifier of the key, and the signature proper."""
    require(not re.search(r"[\0-\x09\x0b-\x1f]", note), "a note has control characters")
    text, parting, lines = note.rpartition("\n\n")
    found = [re.fullmatch("— (\\S+) (\\S+)", line) for line in lines[:-1].split("\n")]
    require(parting and lines.endswith("\n") and all(found), "a note is cut short, or a signature line is not one")
    return text + "\n", [(line[1], unbase64(line[2])[:4], unbase64(line[2])[4:]) for line in found]


def signed_text(note, *keys):
    """The text of a note that each of the keys has signed, nobody else, and nobody twice."""
    text, signatures = read_note(note)
    known = {read_key(key)[:2]: read_key(key)[2] for key in keys}
    require(sorted(known) == sorted(signature[:2] for signature in signatures), "a note bears other signatures than it must")
    for name, identifier, signature in signatures:
        verify(known[name, identifier], text.encode(), signature, f"the signature of {name} is false")
    return text


def read_state(text, log):
    """The size and the root of a state of the log: three lines."""
    lines = text.split("\n")
    require(len(lines) == 4 and lines[0] == log, "it is of another log")
    require(re.fullmatch("0|[1-9][0-9]*", lines[1]) and len(unbase64(lines[2])) == 32, "it is no state of a log")
    return int(lines[1]), unbase64(lines[2])


# The log (RFC 6962, section 2.1): proofs are read from their end, as the tree is walked from its top.
def node(left, right):
    return sha256(b"\1" + left + right)


def split(size):
    """The number of leaves on the left: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def root(leaf, index, size, path):
    """The root of the tree of that size in which the leaf has the index (section 2.1.1)."""
    require(0 <= index < size and bool(path) == (size > 1), "a proof is too long or too short, or of no act of the log")
    if size == 1:
        return leaf
    left = split(size)
    if index < left:
        return node(root(leaf, index, left, path[:-1]), path[-1])
    return node(path[-1], root(leaf, index - left, size - left, path[:-1]))


def roots(old, size, path, known):
    """The roots of the first `old` leaves and of all of a tree (section 2.1.2); `known` is the first where it is a part of it."""
    if old == size:
        require(bool(path) != bool(known) and len(path) < 2, "a proof of growth is too long or too short")
        return (known or path[0],) * 2
    require(0 < old < size and path, "a proof of growth is too short")
    left = split(size)
    if old <= left:
        first, all_ = roots(old, left, path[:-1], known)
        return first, node(all_, path[-1])
    first, all_ = roots(old - left, size - left, path[:-1], None)
    return node(path[-1], first), node(path[-1], all_)


def read_hashes(lines):
    hashes = [unbase64(line) for line in lines]
    require(all(len(hash_) == 32 for hash_ in hashes), "a line is no hash")
    return hashes


# Canonical JSON (RFC 8785) of what bundles hold: no fractions, and names of ASCII, whose order is that of their bytes.
def canonical(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read_json(data, path):
    def none(text):
        raise Damaged(f"{path}: {text} is no number here")
    value = json.loads(data, parse_constant=none, parse_float=none)
    require(canonical(value).encode() == data, f"{path} is not canonical JSON")
    return value


# The archive: each byte of it is content, or what must stand there.
def write_archive(files):
    body, directory = b"", b""
    for path, content in files:
        common = struct.pack("<5H3I2H", 20, 0, 0, 0, 0x21, zlib.crc32(content), len(content), len(content), len(path), 0)
        directory += b"PK\1\2" + struct.pack("<H", 20) + common + struct.pack("<3H2I", 0, 0, 0, 0, len(body)) + path.encode()
        body += b"PK\3\4" + common + path.encode() + content
    return body + directory + b"PK\5\6" + struct.pack("<4H2IH", 0, 0, len(files), len(files), len(directory), len(body), 0)


def read_archive(data):
    files, place = [], 0
    while data[place:place + 4] == b"PK\3\4":
        _, _, flags, method, _, _, checksum, size, _, length, _ = struct.unpack("<4s5H3I2H", data[place:place + 30])
        require(flags == method == 0, "the archive was packed by another program; get it anew, as it was handed out")
        path, content = data[place + 30:place + 30 + length].decode("ascii"), data[place + 30 + length:][:size]
        require(zlib.crc32(content) == checksum, f"{path} was altered since it was packed")
        files.append((path, content))
        place += 30 + length + size
    part = r"(?!\.\.?(/|\Z))[A-Za-z0-9._-]+"
    require(all(re.fullmatch(f"{part}(/{part})*", path) and len(path) < 256 for path, _ in files), "a name is none")
    require([path for path, _ in files] == sorted({path for path, _ in files}), "the files are not in order")
    require(write_archive(files) == data, "the archive is not byte for byte as it was written")
    return dict(files)


# What each member of the manifest must be: a type, words of a form, or a list of such records.
FORMAT, FORMER, PAGES = "tenor-evidence/3", "tenor-evidence/2", "tenor 0.1.0, 5"
HASH, MOMENT = "[0-9a-f]{64}", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?"
MANIFEST = {
    "format": ".*", "pages": "(?s).*", "log": ".+", "developer": "[A-Za-z0-9._:-]{1,128}", "size": int, "sealed": bool,
    "document": "(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*", "knownAt": MOMENT + "Z",
    "at": rf"\d{{4}}-\d\d-\d\d|(?i:{MOMENT}(Z|[+-]\d\d:\d\d))", "quiet": [int],
    "files": [{"path": ".+", "bytes": int, "sha256": HASH}],
    "absent": [{"act": int, "kind": "letter|report|reply", "sha256": HASH, "reason": "erased|not-kept"}],
    "witnesses": [{"act": int, "kind": "cosignature|timestamp", "size": int, "by": "(?s).+"}],
}


def is_formed(value, form):
    if isinstance(form, dict):
        return isinstance(value, dict) and set(value) == set(form) and all(is_formed(value[name], form[name]) for name in form)
    if isinstance(form, list):
        return isinstance(value, list) and all(is_formed(item, form[0]) for item in value)
    return re.fullmatch(form, value) is not None if isinstance(form, str) and isinstance(value, str) else type(value) is form


# The pages.
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
        places |= {place + len(part) for part in clauses | {"\n"} if part and text.startswith(part, place)} - reached
    return len(text) in reached


class Check:
    def __init__(self, data, trusted, authority):
        self.files, self.trusted, self.authority, self.doubts = read_archive(data), trusted, authority, []
        # What no check has asked for in the end does not belong to the bundle.
        self.strange = set(self.files)
        for check in (self.manifest, self.acts, self.keys, self.seal, self.witnesses, self.person, self.mails, self.texts,
                      self.answer):
            check()
        require(not self.strange, f"{', '.join(sorted(self.strange))} does not belong to the bundle")

    def take(self, path):
        require(path in self.files, f"{path} is missing")
        self.strange.discard(path)
        return self.files[path]

    def about(self, *names, **members):
        """The acts of some names that say something, in their order."""
        return [act for act in self.log if act["act"] in names and members.items() <= act.items()]

    def manifest(self):
        self.told = told = read_json(self.take("manifest.json"), "manifest.json")
        require(isinstance(told, dict) and isinstance(told.get("format"), str), "manifest.json names no format")
        if told["format"] not in (FORMAT, FORMER):
            raise Unknown(f"the bundle is of the format {told['format']}, which this program does not know: nothing was checked")
        if told["format"] == FORMER and "sealed" not in told:
            told["sealed"] = "seal.txt" in self.files
        else:
            require(told["format"] == FORMAT, "manifest.json has what its format does not have")
        for name in MANIFEST.keys() | told.keys():
            require(name in told and name in MANIFEST and is_formed(told[name], MANIFEST[name]),
                    f"'{name}' in manifest.json is not as it must be")
        datetime.date.fromisoformat(told["at"][:10])
        require([file["path"] for file in told["files"]]
                == [path for path in self.files if path not in ("manifest.json", "seal.txt")], "the manifest names other files")
        for file in told["files"]:
            content = self.files[file["path"]]
            require(len(content) == file["bytes"] and sha256(content).hex() == file["sha256"], f"{file['path']} was altered")
        print(f"whole       {len(self.files)} files, each with the hash that the manifest names")

    def acts(self):
        self.note, self.log = self.take("checkpoint.txt").decode(), []
        self.state = size, top = read_state(read_note(self.note)[0], self.told["log"])
        require(size == self.told["size"], "the checkpoint is of another size")
        for path in [path for path in self.files if path.startswith("acts/")]:
            act = read_json(self.take(path), path)
            number = act["sequence"]
            require(type(number) is int and path == f"acts/{number:08}.json", f"{path} is act {number}")
            head, _, note = self.take(f"proofs/{number:08}.tlog-proof").decode().partition("\n\n")
            lines = head.split("\n")
            require(lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {number - 1}"], f"the proof of act {number} is none")
            require(note == self.note, f"the proof of act {number} is for another checkpoint")
            require(root(sha256(b"\0" + self.files[path]), number - 1, size, read_hashes(lines[2:])) == top,
                    f"act {number} is not in the log that was signed")
            self.log.append(act)
        self.log.sort(key=lambda act: act["sequence"])
        print(f"in the log  {len(self.log)} acts, each proved to be among the {size} that were signed")

    def keys(self):
        """The first key is adopted; each later one has a note of the one before, signed by both."""
        self.signers = []
        for act in self.about("key-adopted", "key-rotated"):
            if act["act"] == "key-adopted":
                require(not self.signers, "the log adopted a key though it had one")
            else:
                require(self.signers, f"act {act['sequence']}: there was no key before it")
                pair = [self.signers[-1][1], act["key"]]
                require(signed_text(act["handover"], *pair) == "\n".join(
                    ["tenor-key-handover/1"] + pair + [str(act["sequence"] - 1), ""]), f"act {act['sequence']}: another handover")
            self.signers.append((act["sequence"], act["key"]))
        require(self.signers, "no act names the key of the log")
        named = [key for _, key in self.signers]
        self.key = named[-1]
        signed_text(self.note, self.key)
        require(read_key(self.key)[0] == self.told["log"], "the key is of another log")
        require(self.take("keys.txt").decode() == "".join(key + "\n" for key in named), "keys.txt names other keys")
        require(self.trusted is None or self.trusted in named, f"the key {self.trusted} is none of the log's")
        if self.trusted not in (None, self.key):
            self.doubts.append(f"the key {self.trusted} has handed over to the one that signed: {self.key}; name that one")
        print(f"signed      with the key {self.key}" + ("" if self.trusted else "; compare it with the published one"))

    def seal(self):
        require(self.told["sealed"] == ("seal.txt" in self.files), "seal.txt is missing, or there though nobody sealed the bundle")
        if not self.told["sealed"]:
            self.doubts.append("nobody has sealed the bundle, so that the answer and the pages, which this program does not "
                               "compute again, are nobody's word: tenor check computes them, or ask for a sealed one")
            return
        text = signed_text(self.take("seal.txt").decode(), self.key)
        require(text == f"tenor-evidence-seal/1\n{self.told['log']}\n{sha256(self.files['manifest.json']).hex()}\n",
                "seal.txt is the seal of another bundle")
        print("sealed      as a whole, with the same key: this is what the platform handed out")

    def witnesses(self):
        numbers = [witness["act"] for witness in self.told["witnesses"]]
        require(numbers == sorted(set(numbers)), "the witnesses are not in the order of their acts")
        for witness in self.told["witnesses"]:
            size, by = witness["size"], witness["by"]
            name = f"witnesses/{size:08}"
            note, growth = self.take(f"{name}.txt").decode(), self.take(f"{name}.consistency").decode()
            keys = [key for since, key in self.signers if since <= size]
            require(keys, f"{name}.txt was signed before the log had a key")
            state = read_state(signed_text(note, keys[-1]), self.told["log"])
            require(state[0] == size and growth.endswith(("\n", "")[not growth:]), f"{name}.txt is of another size")
            require(roots(size, self.state[0], read_hashes(growth.split("\n")[:-1]), state[1]) == (state[1], self.state[1]),
                    f"{name}.txt is not continued by what the bundle is under")
            path = f"{name}-{witness['act']:08}" + (".cosignature" if witness["kind"] == "cosignature" else ".tsr")
            said = self.take(path)
            if witness["kind"] == "cosignature":
                self.cosignature(path, said.decode(), by, read_note(note)[0], size)
            else:
                self.stamp(path, said, by, note.encode(), size)

    def cosignature(self, path, said, by, text, size):
        (name, identifier, key), (signed, signatures) = read_key(by, WITNESS), read_note(said)
        require(signed == text and [each[:2] for each in signatures] == [(name, identifier)], f"{path} is no cosignature of {by}")
        seconds, signature = int.from_bytes(signatures[0][2][:8], "big"), signatures[0][2][8:]
        require(seconds < 1 << 40, f"{path} is of no time")
        verify(key, f"cosignature/v1\ntime {seconds}\n{text}".encode(), signature, f"the cosignature of {name} is false")
        print(f"witnessed   the state of {size} acts, by {name}, {seconds} seconds after 1970; compare its key: {by}")

    def stamp(self, path, reply, by, note, size):
        require(sha256(note) in reply, f"{path} is a time stamp of something else")
        if not self.authority:
            print(f"stamped?    the state of {size} acts, through {by}: not checked; name the authority with --timestamp-ca")
            return
        with tempfile.TemporaryDirectory() as folder:
            names = [os.path.join(folder, name) for name in ("note", "reply")]
            for name, content in zip(names, (note, reply)):
                with open(name, "wb") as file:
                    file.write(content)
            run = subprocess.run(["openssl", "ts", "-verify", "-data", names[0], "-in", names[1], "-CAfile", self.authority],
                                 capture_output=True)
        require(run.returncode == 0, f"{path} does not hold by the certificates in {self.authority}")
        print(f"stamped     the state of {size} acts, through {by}")

    def opened(self, path, members, commitment):
        """What stands in a file apart from the log, which has a salted hash of it."""
        value = read_json(self.take(path), path)
        require(set(value) == members | {"salt"}, f"{path} has other members")
        salt = value.pop("salt")
        require(sha256((salt + canonical(value)).encode()).hex() == commitment, f"{path} is not what the log is bound to")

    def person(self):
        changes = self.about("developer-added", "address-changed", "developer-erased", developer=self.told["developer"])
        require("developer-added" in [act["act"] for act in changes], "the act of registering the developer is missing")
        self.erased = "developer-erased" in [act["act"] for act in changes]
        if changes[-1]["act"] != "developer-erased":
            return self.opened("person.json", {"email", "name"}, changes[-1]["commitment"])
        require("person.json" not in self.files, "person.json is here, though it was erased")
        print("person      name and address were erased")

    def mails(self):
        """Letters, mail that came back, and the words of mail systems, each bound by a hash in an act."""
        gone, here = {}, set()
        for act in self.log:
            number = act["sequence"]
            for kind, member in ("letter", "messageSha256"), ("report", "mailSha256"), ("reply", "replyCommitment"):
                if member not in act:
                    continue
                path = f"replies/{number:08}.json" if kind == "reply" else f"{kind}s/{act[member]}.eml"
                if path not in self.files:
                    gone[number, kind, act[member]] = kind != "letter" or act.get("letterKept", False)
                    continue
                here.add(path)
                if kind == "reply":
                    self.opened(path, {"reply"}, act[member])
                else:
                    require(sha256(self.take(path)).hex() == act[member], f"{path} is another mail")
        told = {(gap["kind"], gap["sha256"]) for gap in self.told["absent"]}
        for number, kind, hash_ in gone:
            require((kind, hash_) in told, f"the {kind} of act {number} is missing")
        for gap in self.told["absent"]:
            was_kept = gone.pop((gap["act"], gap["kind"], gap["sha256"]), None)
            require(was_kept is not None, "manifest.json tells of missing mails that no act names")
            require(self.erased if gap["reason"] == "erased" else not was_kept, f"the {gap['kind']} of act {gap['act']} is missing")
        print(f"letters     {len(here)} letters, reports and replies, each named by its hash in an act")

    def texts(self):
        document = self.told["document"]
        require(self.about("document-added", document=document), "the act of adding the document is missing")
        postings = self.about("version-posted", document=document)
        self.labels = {act["version"] for act in postings}
        for act in postings:
            version, text = act["version"], "".join(clause["source"] for clause in act["clauses"]).encode()
            require(sha256(text).hex() == act["sha256"], f"the text of version {version} has another hash")
            require(self.take(f"versions/{version}.md") == text, f"version {version} has other words")
            if act.get("basedOn") is None:
                continue
            require(act["basedOn"] in self.labels, f"version {act['basedOn']} is missing")
            page = self.take(f"redlines/{version}.html").decode()
            shown = re.findall(r"<blockquote><p>(.*?)</p></blockquote>", page, re.S)
            require(self.told["pages"] != PAGES or shown == [struck(one["edits"]) for one in act["changes"] if one["edits"]],
                    f"the redline of version {version} shows other changes than the act of posting")
        print(f"texts       {len(postings)} versions, word for word as they were posted")

    def answer(self):
        """What can be told of the answer without rules of law."""
        answer, told = read_json(self.take("answer.json"), "answer.json"), self.told
        for member in ("developer", "document", "at", "knownAt"):
            require(answer[member] == told[member], f"answer.json answers another question ({member})")
        versions = {entry["version"] for entry in answer["versions"]} | ({answer["version"]} - {None})
        require(versions <= self.labels, "answer.json tells of versions that were not posted")
        for path, document in [("text-in-force.md", told["document"])] + [
                (f"incorporated/{named['document']}.md", named["document"]) for named in answer["incorporated"]]:
            if path in self.files:
                posted = {clause["source"] for act in self.about("version-posted", document=document) for clause in act["clauses"]}
                require(is_made_of(self.take(path).decode(), posted), f"{path} has words that were never posted")
        require("text-in-force.md" in self.files or not answer["bound"], "text-in-force.md is missing")
        page, place = self.take("README.html").decode(), 0
        require("<script" not in page.lower(), "README.html is a program")
        if told["pages"] == PAGES:
            for step in answer["basis"]:
                place = page.find(f"<li>{escape(step['rule'] + ': ' + step['says'])}</li>", place)
                require(place >= 0, "README.html gives other reasons than answer.json")
        else:
            self.doubts.append(f"the pages are another program's wording ({told['pages']}): "
                               + ("the platform's word, and not compared" if told["sealed"] else "rely on none of their words"))
        print(f"{answer['developer']} · {answer['document']} · {answer['at']}: "
              + (f"version {answer['version']}" if answer["bound"] else "not bound"))


def key(text):
    read_key(text)
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0], allow_abbrev=False)
    parser.error = lambda words: parser.exit(64, words + "\n")
    parser.add_argument("bundle")
    parser.add_argument("--key", type=key, help="the key that the platform published: NAME+ID+KEY")
    parser.add_argument("--timestamp-ca", help="certificates of the authority that stamped, in PEM")
    given = parser.parse_args()
    if given.timestamp_ca and not shutil.which("openssl"):
        parser.error("openssl is not installed or not on the PATH; leave out --timestamp-ca, or install it")
    try:
        for file in filter(None, (given.timestamp_ca, given.bundle)):
            with open(file, "rb") as opened:
                data = opened.read()
    except OSError as error:
        parser.exit(2, f"{file} cannot be read: {error.strerror}\n")
    try:
        doubts = Check(data, given.key, given.timestamp_ca).doubts
    except Unknown as error:
        print(f"NOT PROVED  {error}")
        return 2
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError, struct.error) as error:
        what = "" if isinstance(error, Damaged) else f"it is not written as bundles are: {type(error).__name__}: "
        print(f"DAMAGED     {what}{error}")
        return 4
    for doubt in doubts:
        print(f"NOT PROVED  {doubt}")
    print(f"{given.bundle}: " + ("undamaged, but not all of it is proved" if doubts else
                                 "sound, as far as this program checks; it does not compute the answer again"))
    return 2 if doubts else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(main())
