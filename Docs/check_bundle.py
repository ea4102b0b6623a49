#!/usr/bin/env python3
"""Checks a bundle of evidence without the program that wrote it: Docs/check_bundle.py BUNDLE [--key NAME+ID+KEY]

Written from Docs/evidence.md alone, with nothing but Python's standard library. It checks that the file is whole, that each
act stands in the log as it was signed, and that letters, reports, texts and personal data are those that the acts name. It
does not compute the answer again: `tenor check` does. Ends with 0 where all holds, with 4 where something does not.
"""
import base64, hashlib, json, re, sys, zlib


class Damaged(Exception):
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
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L or len(signature) != 64:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = times(s, BASE), add(r, times(h, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


# Keys and notes (C2SP, signed-note).
def read_key(text):
    name, identifier, rest = text.split("+", 2)
    key = base64.b64decode(rest, validate=True)
    require(len(key) == 33 and key[0] == 1, f"{text} is no Ed25519 key")
    expected = hashlib.sha256(name.encode() + b"\n" + key).digest()[:4]
    require(identifier == expected.hex(), f"the key {text} has not its own identifier")
    return name, expected, key[1:]


def signers(note, keys):
    """The text of a note, and those of the keys that signed it."""
    text, _, lines = note.rpartition("\n\n")
    text += "\n"
    found = []
    for line in lines.splitlines():
        require(line.startswith("— ") and line.count(" ") == 2, "a signature line is not one")
        name, signature = line[2:].split(" ")
        signature = base64.b64decode(signature, validate=True)
        for key in keys:
            if (name, signature[:4]) == read_key(key)[:2]:
                require(is_signature(read_key(key)[2], text.encode(), signature[4:]), f"the signature of {name} is false")
                found.append(key)
    return text, found


# The log (RFC 6962, section 2.1).
def root(leaf, index, size, path):
    require(0 <= index < size, "the act is not in the log of that size")
    last = size - 1
    for sibling in path:
        require(last > 0, "the proof is too long")
        if index & 1 or index == last:
            leaf = hashlib.sha256(b"\x01" + sibling + leaf).digest()
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            leaf = hashlib.sha256(b"\x01" + leaf + sibling).digest()
        index, last = index >> 1, last >> 1
    require(last == 0, "the proof is too short")
    return leaf


def canonical(value):
    """Canonical JSON (RFC 8785) of what acts and manifests hold: no fractions."""
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(item) for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def read_canonical(bytes_, path):
    value = json.loads(bytes_)
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
    require(all(re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*", path) for path, _ in files), "a name is none")
    require([path for path, _ in files] == sorted({path for path, _ in files}), "the files are not in order")
    require(write_archive(files) == data, "the archive is not byte for byte as it was written")
    return dict(files)


def check(data, trusted=None):
    files = read_archive(data)
    manifest = read_canonical(files.get("manifest.json", b"null"), "manifest.json")
    require(isinstance(manifest, dict), "there is no manifest.json")
    require(manifest["format"] == "tenor-evidence/1", f"the format {manifest['format']} is another one")
    require([file["path"] for file in manifest["files"]] == [path for path in files if path != "manifest.json"],
            "the manifest names other files")
    for file in manifest["files"]:
        content = files[file["path"]]
        require(len(content) == file["bytes"] and hashlib.sha256(content).hexdigest() == file["sha256"],
                f"{file['path']} was altered")
    print(f"whole       {len(files)} files, each with the hash that the manifest names")

    # The acts, and the keys that the log tells of.
    note = files["checkpoint.txt"].decode()
    origin, size, top = note.split("\n")[:3]
    require((origin, size) == (manifest["log"], str(manifest["size"])), "the checkpoint is of another log or size")
    top = base64.b64decode(top, validate=True)
    acts, keys = {}, []
    for path in files:
        if not path.startswith("acts/"):
            continue
        act = read_canonical(files[path], path)
        number = act["sequence"]
        require(path == f"acts/{number:08}.json", f"{path} is act {number}")
        proof = files[f"proofs/{number:08}.tlog-proof"].decode()
        head, _, signed = proof.partition("\n\n")
        lines = head.split("\n")
        require(lines[:2] == ["c2sp.org/tlog-proof@v1", f"index {number - 1}"], f"the proof of act {number} is none")
        require(signed == note, f"the proof of act {number} is for another checkpoint")
        hashes = [base64.b64decode(line, validate=True) for line in lines[2:]]
        leaf = hashlib.sha256(b"\0" + files[path]).digest()
        require(root(leaf, number - 1, int(size), hashes) == top, f"act {number} is not in the log that was signed")
        acts[number] = act
        if act["act"] == "key-adopted":
            require(not keys, f"act {number}: the log had a key already")
            keys.append(act["key"])
        elif act["act"] == "key-rotated":
            text, found = signers(act["handover"], [keys[-1], act["key"]])
            lines = text.split("\n")
            require(lines[:3] == ["tenor-key-handover/1", keys[-1], act["key"]], f"act {number}: another handover")
            require(set(found) == {keys[-1], act["key"]}, f"act {number}: not signed by both keys")
            keys.append(act["key"])
    print(f"in the log  {len(acts)} acts, each proved to be among the {size} that were signed")
    require(keys, "no act names the key of the log")
    require(signers(note, keys[-1:])[1] == keys[-1:] and read_key(keys[-1])[0] == origin, "the log's key did not sign")
    require(files["keys.txt"].decode() == "".join(key + "\n" for key in keys), "keys.txt names other keys")
    require(trusted is None or trusted in keys, f"the key {trusted} is none of the log's")
    print(f"signed      with the key {keys[-1]}" + ("" if trusted else "; compare it with the published one"))

    # What the acts are bound to by hashes.
    erased = any(act["act"] == "developer-erased" for act in acts.values())
    absent = {(gap["kind"], gap["sha256"]): gap["reason"] for gap in manifest["absent"]}
    bound, commitment = set(), None
    for number, act in acts.items():
        for member, kind, folder in [("messageSha256", "letter", "letters"), ("mailSha256", "report", "reports")]:
            if member not in act:
                continue
            path = f"{folder}/{act[member]}.eml"
            if path in files:
                require(hashlib.sha256(files[path]).hexdigest() == act[member], f"{path} is another mail")
                bound.add(path)
            else:
                reason = absent.get((kind, act[member]))
                may = erased if reason == "erased" else reason == "not-kept" and not act.get("letterKept")
                require(may, f"{path} is missing")
        if act["act"] == "version-posted" and act["document"] == manifest["document"]:
            text = "".join(clause["source"] for clause in act["clauses"]).encode()
            require(hashlib.sha256(text).hexdigest() == act["sha256"], f"act {number}: the text has another hash")
            require(files[f"versions/{act['version']}.md"] == text, f"version {act['version']} has other words")
        if act["act"] in ("developer-added", "address-changed"):
            commitment = act["commitment"]
    require(bound == {path for path in files if path.startswith(("letters/", "reports/"))}, "a mail belongs to no act")
    if erased:
        require("person.json" not in files, "person.json is here, though it was erased")
        print("person      name and address were erased")
    else:
        person = read_canonical(files["person.json"], "person.json")
        salt = person.pop("salt")
        require(hashlib.sha256((salt + canonical(person)).encode()).hexdigest() == commitment,
                "person.json is not what the log is bound to")
    print(f"letters     {len(bound)} letters and reports, each named by its hash in an act")
    answer = read_canonical(files["answer.json"], "answer.json")
    for member in ("developer", "document", "at", "knownAt"):
        require(answer[member] == manifest[member], f"answer.json answers another question ({member})")
    print(f"{answer['developer']} · {answer['document']} · {answer['at']}: "
          + (f"version {answer['version']}" if answer["bound"] else "not bound"))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    named = arguments.pop(arguments.index("--key") + 1) if "--key" in arguments[:-1] else None
    arguments = [argument for argument in arguments if argument != "--key"]
    if len(arguments) != 1:
        sys.exit(__doc__.split("\n")[0])
    try:
        check(open(arguments[0], "rb").read(), named)
    except Damaged as error:
        print(f"DAMAGED     {error}")
        sys.exit(4)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, UnicodeError) as error:
        print(f"DAMAGED     it is not written as bundles are ({type(error).__name__}: {error})")
        sys.exit(4)
    print(f"{arguments[0]}: sound, as far as this program checks; it does not compute the answer again")
