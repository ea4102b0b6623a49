/// Why a `document.yaml` cannot be used. Lines and columns count from 1.
package enum SettingsError: Error, Hashable, Sendable {
  /// A place in the file.
  package struct Place: Hashable, Sendable {
    package let line: Int
    package let column: Int

    package init(line: Int, column: Int) {
      self.line = line
      self.column = column
    }
  }

  /// The file is no YAML; `problem` is the YAML parser's.
  case notYAML(Place, problem: String)
  /// More bytes than a settings file has, or nested deeper.
  case tooLarge(limit: String)
  /// The file as a whole is no list of settings.
  case notSettings(Place)
  /// A key that nothing is set by; `nearest` is the known key that it resembles.
  case unknownKey(Place, key: String, nearest: String?, known: [String])
  /// A key that stands twice.
  case repeatedKey(Place, key: String)
  /// A value of another kind than the key takes.
  case wrongType(Place, key: String, expected: String, example: String)
  /// A value that is none of those that the key takes.
  case unknownValue(Place, key: String, value: String, nearest: String?, known: [String])
  /// A value that breaks the form of identifiers; `form` states it.
  case malformed(Place, key: String, value: String, form: String)
  /// A time zone that the zone database has not.
  case unknownZone(Place, name: String, nearest: String?)
  /// A number outside of what makes sense.
  case outOfRange(Place, key: String, value: String, range: String)
  /// A document that names itself under a key for other documents.
  case namesItself(Place, key: String, document: String)
  /// A document that stands twice in a list.
  case namedTwice(Place, key: String, document: String)
  /// A key that an entry needs.
  case missing(Place, key: String, of: String)
}

extension SettingsError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .notYAML(let place, let problem):
      "\(place): this is no YAML: \(problem); mend the line, and quote values that hold a colon or begin with a mark"
    case .tooLarge(let limit):
      "the file is larger or nested deeper than settings are (\(limit)); check that the right file was given"
    case .notSettings(let place):
      "\(place): settings are lines of 'key: value', such as 'title: Connector Terms'; write them so"
    case .unknownKey(let place, let key, let nearest, let known):
      "\(place): there is no setting '\(key)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "known here: \(known.joined(separator: ", "))")
    case .repeatedKey(let place, let key):
      "\(place): '\(key)' is set twice; keep one of the two"
    case .wrongType(let place, let key, let expected, let example):
      "\(place): '\(key)' takes \(expected); write it as '\(example)'"
    case .unknownValue(let place, let key, let value, let nearest, let known):
      "\(place): '\(key)' cannot be '\(value)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "it is one of: \(known.joined(separator: ", "))")
    case .malformed(let place, let key, let value, let form):
      "\(place): '\(value)' cannot stand under '\(key)': use \(form)"
    case .unknownZone(let place, let name, let nearest):
      "\(place): there is no time zone '\(name)'; "
        + (nearest.map { "did you mean '\($0)'?" } ?? "use a name of the IANA database, such as Europe/Dublin")
    case .outOfRange(let place, let key, let value, let range):
      "\(place): '\(key)' cannot be \(value); give \(range)"
    case .namesItself(let place, let key, let document):
      "\(place): '\(document)' cannot name itself under '\(key)'; name other documents there, or leave it out"
    case .namedTwice(let place, let key, let document):
      "\(place): '\(document)' stands under '\(key)' twice; keep one of the two"
    case .missing(let place, let key, let owner):
      "\(place): \(owner) lacks '\(key)'; add it"
    }
  }
}

extension SettingsError.Place: CustomStringConvertible {
  package var description: String { "line \(line), column \(column)" }
}
