internal import Foundation

extension CanonicalJSON {
  /// The canonical form of what `value` encodes as.
  ///
  /// - Throws: what the value's own encoding throws, or ``CanonicalJSONError``.
  package init(encoding value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    try self.init(parsing: encoder.encode(value))
  }

  /// The value that this JSON decodes as.
  package func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(encoded()))
  }
}
