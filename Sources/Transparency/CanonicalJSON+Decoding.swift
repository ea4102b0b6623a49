internal import Foundation

extension CanonicalJSON {
  /// The value that this JSON decodes as.
  package func decoded<Value: Decodable>(as type: Value.Type) throws -> Value {
    try JSONDecoder().decode(type, from: Data(encoded()))
  }
}
