// How long one binding answer takes in process, once the developer's facts are there: `Benchmarks/binding-answer.md`.
import Binding
import TermsModel

/// A record of so many versions, each with so many changes over ninety clauses, and of one developer who was told of each
/// by e-mail, accepted by a server and reported as delivered. A twelfth change is a term renamed in fifteen clauses.
struct Sample {
  let document: Document
  var versions: [PostedVersion] = []
  var facts: DeveloperFacts
  private var sequence: Int64 = 0
  private static let zone = CivilZone.losAngeles

  init?(versions count: Int, changes: Int, from start: Instant) {
    guard let slug = DocumentSlug(rawValue: "connector-terms"), let developer = DeveloperID(rawValue: "dev-42"),
      let region = Region(rawValue: "US"), let connector = ConnectorID(rawValue: "weather")
    else { return nil }
    var settings = DocumentSettings(profile: .connectors7a)
    settings.entities = [.init(name: "Example, Inc.", regions: [])]
    document = Document(slug: slug, title: "Connector terms", settings: settings)
    facts = DeveloperFacts(developer: developer, document: slug)
    for index in 0..<count {
      let posted = start.adding(seconds: Int64(index) * 60 * 86_400)
      let label = VersionLabel(date: Self.zone.date(of: posted), ordinal: 1)
      versions.append(
        PostedVersion(
          label: label, posting: occasion(posted), changes: index == 0 ? [] : Self.changes(index, changes),
          settings: settings))
      if index == 0 {
        facts.regions = [Fact(region, occasion(posted.adding(seconds: 100)))]
        facts.hasAddress = [Fact(true, occasion(posted.adding(seconds: 100)))]
        facts.acts = [Fact(.connectorAdded(connector), occasion(posted.adding(seconds: 200)))]
        continue
      }
      for (level, seconds) in [(EvidenceLevel.accepted, Int64(3_600)), (.delivered, 4_600)] {
        let step = NoticeStep(
          version: label, channel: .email, event: .received(level, by: "mx.example"), message: "\(label)")
        facts.notices.append(Fact(step, occasion(posted.adding(seconds: seconds))))
      }
    }
  }

  private mutating func occasion(_ moment: Instant) -> Occasion {
    sequence += 1
    return Occasion(happenedAt: moment, recordedAt: moment, sequence: sequence)
  }

  private static func changes(_ version: Int, _ count: Int) -> [PostedChange] {
    (1...count).map { number in
      let changeClass: ChangeClass = number % 4 == 0 ? .material : number % 7 == 0 ? .legalRequired : .other
      let clauses =
        number == 12
        ? (1...15).map { LineageID(rawValue: $0 * 6) } : [LineageID(rawValue: (version * 7 + number * 13) % 90 + 1)]
      return PostedChange(
        number: number, kind: number == 12 ? .renamedTerm : .modified, changeClass: changeClass, before: clauses,
        after: clauses, label: ClauseLabel(path: ["\(number)", "(a)"]),
        legalBasis: changeClass == .legalRequired ? "Regulation (EU) 2022/2065, article 17" : nil)
    }
  }
}

func measured(_ rounds: Int, _ body: () -> Int) -> [Duration] {
  let clock = ContinuousClock()
  var times: [Duration] = []
  var sum = 0
  times.reserveCapacity(rounds)
  for _ in 0..<rounds { times.append(clock.measure { sum &+= body() }) }
  // Used, so that nothing of it is left out.
  precondition(sum >= 0)
  return times.sorted()
}

func microseconds(_ duration: Duration) -> String {
  let value = duration / .microseconds(1)
  return "\((value * 10).rounded() / 10)"
}

guard let start = Instant("2020-01-06T17:00:00Z"), let usual = Sample(versions: 20, changes: 8, from: start),
  let heavy = Sample(versions: 20, changes: 12, from: start), let later = Instant("2026-01-01T00:00:00Z"),
  let pending = Instant("2023-02-20T00:00:00Z"), let known = Instant("2026-11-01T00:00:00Z")
else { fatalError("the sample names what is none") }

let rounds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 20_000
print("µs of \(rounds) answers each, 20 versions")
print("changes a version\twhat\tmin\tp50\tp99")

func show(_ changes: Int, _ name: String, _ times: [Duration]) {
  let picked = [times[0], times[times.count / 2], times[times.count * 99 / 100]].map(microseconds)
  print("\(changes)\t\(name)\t\(picked.joined(separator: "\t"))")
}

for (changes, sample) in [(8, usual), (12, heavy)] {
  for (name, at) in [("all in force", later), ("one pending", pending)] {
    let question = BindingQuestion(at: at, knownAt: known)
    func answer() -> BindingAnswer {
      bindingAnswer(document: sample.document, versions: sample.versions, facts: sample.facts, question: question)
    }
    for _ in 0..<1_000 { _ = answer() }
    show(changes, name, measured(rounds) { answer().versions.count })
    show(changes, "\(name), with its basis", measured(rounds / 10) { answer().basis.count })
  }
}
