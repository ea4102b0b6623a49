import TermsModel
import Testing

@testable import Binding

/// What a timeline shows is what the answers say, on each of its days.
@Suite struct TimelineTests {
  private func timeline(_ record: Record, now: Instant) throws -> Timeline {
    let drawn = Binding.timeline(
      document: record.document, versions: record.versions, facts: record.facts, now: now, knownAt: .endOfTime)
    return try #require(drawn)
  }

  @Test(arguments: ["2026-01-16T00:00:00Z", "2026-02-20T00:00:00Z", "2026-11-21T00:00:00Z"] as [Instant])
  func `an agreement ends on its day, whenever one asks and whatever awaits its notice`(_ now: Instant) throws {
    var record = Record.bound()
    record.act(.terminated(by: .developer, immediate: false, reason: nil), at: "2026-01-15T18:00:00Z")
    record.post("v2", at: "2026-02-02T17:00:00Z", [.material("9", clause: 90)])
    let timeline = try timeline(record, now: now)
    #expect(record.answer("2026-02-14").bound == false)
    #expect(timeline.marks.filter { $0.kind == .ended }.map(\.day) == ["2026-02-14"])
    let first = try #require(timeline.bars.first)
    #expect(first.stretches.map(\.extent) == [.wholly, .gone])
    #expect(first.stretches.first?.to == "2026-02-14")
    #expect(
      timeline.svg().contains("version 2025-06-04: wholly in force from 2025-07-01 until the end of 2026-02-13"))
  }

  @Test func `what was put off and then withdrawn never was in force, and ends nothing`() throws {
    var record = Record.bound()
    record.post("v2", at: "2026-01-15T17:00:00Z", [.material("9", clause: 90)])
    record.mail(of: "v2", at: "2026-01-15T17:00:00Z")
    record.happen(.postponed(until: "2026-04-20", reason: "late"), to: "v2", at: "2026-01-16T17:00:00Z")
    record.happen(.withdrawn(reason: "oops"), to: "v2", at: "2026-01-17T17:00:00Z")
    let timeline = try timeline(record, now: "2026-01-20T00:00:00Z")
    let bars = timeline.bars.map { $0.stretches.map(\.extent) }
    #expect(bars == [[.wholly], [.pending, .notInForce]])
    #expect(timeline.bars.map(\.stretches.last?.to) == [timeline.to, timeline.to], "both go on")
    #expect(timeline.svg().contains("version 2025-06-04: wholly in force from 2025-07-01 on"))
  }

  @Test(arguments: TimelineFormat.allCases)
  func `the picture has a form for the day and one for the night, and keeps to its width`(_ format: TimelineFormat)
    throws
  {
    var record = Record.bound()
    for day in 10..<26 {
      record.post(
        try #require(VersionLabel(rawValue: "v\(day)")), at: try #require(Instant("2026-01-\(day)T17:00:00Z")),
        [.material("9", clause: 90)])
    }
    let timeline = try timeline(record, now: "2026-01-27T00:00:00Z")
    let picture = timeline.svg(format)
    #expect(picture.contains("@media (prefers-color-scheme: dark)"))
    let width = try #require(
      picture.firstMatch(of: #/viewBox="0 0 ([0-9]+) /#).flatMap { Double($0.output.1) })
    #expect(width == (format == .narrow ? 340 : 720))
    // Whatever has a place has it inside, marks of neighbouring days and the days of the scale included.
    for place in picture.matches(of: #/[ "]x[12]?="([0-9.-]+)"|[ML]([0-9.-]+) /#) {
      let text = place.output.1 ?? place.output.2 ?? ""
      let at = try #require(Double(text))
      #expect((0...width).contains(at), "\(place.output.0)")
    }
    #expect(timeline.marks.allSatisfy { picture.contains("\($0.day): \($0.says)") }, "both forms say all of it")
  }
}
