internal import Foundation
internal import TermsModel
internal import TermsOperations

/// Developers in a file of comma-separated values, one a line, under a line that names the columns.
struct DeveloperCSV {
  let path: String

  private static let known = ["id", "email", "name", "region", "at", "connector", "document"]
  private static let batchSize = 5000

  /// Hands the rows over in batches, in the order of the file.
  /// - Returns: how many rows there were.
  func forEachBatch(_ body: ([ImportedDeveloper]) async throws -> Void) async throws -> Int {
    let handle: FileHandle
    if path == "-" {
      handle = .standardInput
    } else {
      try FileReading.requireFile(path)
      guard let opened = FileHandle(forReadingAtPath: path) else { throw ReadingRefusal.unreadable(path) }
      handle = opened
    }
    var reader = CSVReader(contentsOf: handle)
    guard let header = try reader.record() else {
      throw RowRefusal(
        line: 1, problem: "the file is empty; its first line names the columns: \(Self.known.joined(separator: ","))")
    }
    let columns = try Self.columns(of: header)
    var (batch, lines, count): ([ImportedDeveloper], [DeveloperID: Int], Int) = ([], [:], 0)
    func handOver() async throws {
      defer {
        batch.removeAll(keepingCapacity: true)
        lines.removeAll(keepingCapacity: true)
      }
      do {
        if !batch.isEmpty { try await body(batch) }
      } catch let refusal as TermsRefusal {
        guard let line = refusal.developer.flatMap({ lines[$0] }), let first = lines.values.min() else { throw refusal }
        throw RowRefusal(line: line, problem: "\(refusal); nothing from line \(first) on was recorded")
      }
    }
    do {
      while let record = try reader.record() {
        let row = try Self.row(record, columns: columns)
        guard lines.updateValue(record.line, forKey: row.developer.id) == nil else {
          throw RowRefusal(line: record.line, problem: "developer '\(row.developer.id)' stands twice; keep one line")
        }
        batch.append(row)
        count += 1
        if batch.count == Self.batchSize { try await handOver() }
      }
    } catch let refusal as any Refusal where !batch.isEmpty {
      // A wrong line takes nothing with it that came before.
      try await handOver()
      throw refusal
    }
    try await handOver()
    return count
  }

  private static func columns(of header: CSVReader.Record) throws -> [String: Int] {
    var columns: [String: Int] = [:]
    for (index, name) in header.fields.map({ $0.trimmingCharacters(in: .whitespaces).lowercased() }).enumerated() {
      guard known.contains(name) else {
        throw RowRefusal(line: header.line, problem: "'\(name)' is no column; known: \(known.joined(separator: ", "))")
      }
      guard columns.updateValue(index, forKey: name) == nil else {
        throw RowRefusal(line: header.line, problem: "the column '\(name)' stands twice; keep one")
      }
    }
    for needed in ["id", "region"] where columns[needed] == nil {
      throw RowRefusal(line: header.line, problem: "there is no column '\(needed)'; the first line must name it")
    }
    return columns
  }

  private static func row(_ record: CSVReader.Record, columns: [String: Int]) throws -> ImportedDeveloper {
    guard record.fields.count == columns.count else {
      throw RowRefusal(
        line: record.line,
        problem: "\(record.fields.count) fields, but \(columns.count) columns; quote fields with commas in them")
    }
    func text(_ column: String) -> String? {
      columns[column].map { record.fields[$0] }.flatMap { $0.isEmpty ? nil : $0 }
    }
    func identifier<I: Identifier>(_ column: String) throws -> I? {
      guard let text = text(column) else { return nil }
      guard let value = I(rawValue: text) else {
        throw RowRefusal(line: record.line, problem: "'\(text)' in column '\(column)': expected \(I.form)")
      }
      return value
    }
    guard let id: DeveloperID = try identifier("id"), let region: Region = try identifier("region") else {
      throw RowRefusal(line: record.line, problem: "id or region is empty; every developer needs both")
    }
    var email: EmailAddress?
    if let address = text("email") {
      do {
        email = try EmailAddress(checking: address)
      } catch {
        throw RowRefusal(line: record.line, problem: "column 'email': \(error)")
      }
    }
    if let character = text("name").flatMap(UnprintableCharacter.init(in:)) {
      throw RowRefusal(line: record.line, problem: "column 'name': \(character)")
    }
    if let length = text("name").flatMap(OverlongName.init) {
      throw RowRefusal(line: record.line, problem: "column 'name': \(length)")
    }
    let at = try text("at").map { text in
      guard let instant = Instant(text) else {
        throw RowRefusal(
          line: record.line, problem: "'\(text)' in column 'at': expected a moment such as 2026-01-31T09:00:00-08:00")
      }
      return instant
    }
    let connector: ConnectorID? = try identifier("connector")
    let document: DocumentSlug? = try identifier("document")
    guard (connector == nil) == (document == nil) else {
      throw RowRefusal(
        line: record.line, problem: "a connector needs its document and a document its connector; fill both or none")
    }
    return ImportedDeveloper(
      developer: NewDeveloper(id: id, email: email, name: text("name"), region: region, at: at),
      connector: connector.flatMap { connector in document.map { (connector, $0) } }.map(
        ImportedDeveloper.Connector.init))
  }
}

extension TermsRefusal {
  /// The developer of an import whom the refusal is about.
  fileprivate var developer: DeveloperID? {
    switch self {
    case .developerExists(let id), .connectorExists(let id, _): id
    default: nil
    }
  }
}

/// A line of a file that cannot be recorded.
struct RowRefusal: Refusal, Hashable {
  let line: Int
  let problem: String

  var description: String { "line \(line): \(problem)" }
}
