internal import ArgumentParser
internal import Binding
internal import Foundation
internal import TermsModel
internal import TermsOperations

struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "Show what bound and will bind a developer, day by day, as a table or a picture.",
    discussion: "What lies after today is what will be if nothing else happens.")

  @OptionGroup var options: DatabaseOptions
  @Argument(help: "The developer.", transform: Arguments.identifier) var id: DeveloperID
  @Option(help: "The document; all that the developer has to do with where left out.", transform: Arguments.identifier)
  var document: DocumentSlug?
  @Option(
    help: "Where today's line stands; the moment of knowledge where left out.", transform: Arguments.moment)
  var at: AskedMoment?
  @Option(help: "As known then; now where left out.", transform: Arguments.instant) var knownAt: Instant?
  @Option(help: "Draw it as an SVG picture in this file; - for standard output.") var svg: String?
  @Flag(help: "Print JSON: an object; a list of them where the developer has several documents and none is named.")
  var json = false

  func validate() throws {
    if svg != nil, json { throw ValidationError("--svg draws and --json prints: give one of them") }
  }

  func run() async throws {
    let registry = try await Composition(options).reader()
    let documents = if let document { [document] } else { try await registry.documents(of: id) }
    var timelines: [Timeline] = []
    for document in documents {
      do {
        timelines.append(try await registry.timeline(of: id, under: document, at: at, knownAt: knownAt))
      } catch let refusal as TermsRefusal {
        // Of several, one that never bound by itself is left out: it bound along with one that is shown, or did once.
        guard case .notBound = refusal, documents.count > 1 else { throw refusal }
      }
    }
    guard !timelines.isEmpty else { throw TermsRefusal.noAgreements(id) }
    if let svg { return try draw(timelines, to: svg) }
    if json {
      let printed = timelines.map(TimelineJSON.init)
      return printed.count == 1 ? try JSONOutput.print(printed[0]) : try JSONOutput.print(printed)
    }
    print(timelines.map { TimelineText($0).text }.joined(separator: "\n\n"))
  }

  private func draw(_ timelines: [Timeline], to path: String) throws {
    guard timelines.count == 1 else { throw SeveralPictures(developer: id, documents: timelines.map(\.document)) }
    let picture = timelines[0].svg() + "\n"
    if path == "-" { return print(picture, terminator: "") }
    do {
      try Data(picture.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw PictureFault(path: path, cause: error.localizedDescription)
    }
    print("drew \(path)")
  }
}

/// One picture shows one document.
struct SeveralPictures: Refusal {
  let developer: DeveloperID
  let documents: [DocumentSlug]

  var description: String {
    "developer '\(developer)' has to do with several documents; name one with --document: "
      + documents.map { "'\($0)'" }.joined(separator: ", ")
  }
}

/// A picture that could not be written.
struct PictureFault: Error, CustomStringConvertible {
  let path: String
  let cause: String

  var description: String { "the picture '\(path)' cannot be written (\(cause)); name another file" }
}

/// A timeline as a table.
struct TimelineText {
  let text: String

  init(_ timeline: Timeline) {
    var lines = [
      "\(timeline.developer) · \(timeline.document) · days in \(timeline.zone), today \(timeline.today)", "",
    ]
    var bars = Table("version", "from", "until before", "")
    for bar in timeline.bars {
      for (index, stretch) in bar.stretches.enumerated() {
        let isOpen = index == bar.stretches.count - 1 && stretch.to == timeline.to
        bars.add(
          index == 0 ? bar.version.rawValue : "", "\(stretch.from)", isOpen ? "…" : "\(stretch.to)",
          Self.words(stretch.extent))
      }
    }
    lines.append(bars.text)
    lines.append("")
    var marks = Table("day", "version", "what")
    var isPast = true
    for mark in timeline.marks {
      if isPast, timeline.today < mark.day {
        marks.add("\(timeline.today)", "", "── today: what follows is what will be if nothing else happens")
        isPast = false
      }
      marks.add("\(mark.day)", mark.version?.rawValue ?? "", mark.says)
    }
    lines.append(marks.text)
    text = lines.joined(separator: "\n")
  }

  private static func words(_ extent: Timeline.Extent) -> String {
    switch extent {
    case .wholly: "in force"
    case .partly: "in force in part"
    case .pending: "posted, not in force"
    case .notInForce: "not in force"
    case .gone: "after the end of the agreement"
    }
  }
}
