internal import TermsModel
internal import Transparency

extension Person {
  /// The canonical JSON (RFC 8785) of what is personal: `{"email":"…","name":"…"}`, with `null` for what was not given.
  package var json: String {
    let email = email.map { CanonicalJSON.quoted($0.rawValue) } ?? "null"
    let name = name.map(CanonicalJSON.quoted) ?? "null"
    return "{\"email\":\(email),\"name\":\(name)}"
  }

  /// What binds the personal data to the log without showing them: SHA-256, in lower-case hexadecimal, over the salt as
  /// written followed by ``json``. By hand: `printf '%s%s' SALT JSON | sha256sum`.
  package var commitment: String {
    SHA256Hex.digest(of: salt + json)
  }
}
