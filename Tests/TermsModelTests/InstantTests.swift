import Foundation
import TermsModel
import Testing

@Suite struct InstantTests {
  @Test(arguments: [
    ("2026-11-21T10:00:00Z", "2026-11-21T10:00:00Z", "UTC"),
    ("2026-11-21t10:00:00z", "2026-11-21T10:00:00Z", "small letters"),
    ("2025-12-19T23:50:00-08:00", "2025-12-20T07:50:00Z", "an offset west"),
    ("2026-01-01T00:30:00+05:30", "2025-12-31T19:00:00Z", "an offset east, over the new year"),
    ("2026-11-21T10:00:00.5Z", "2026-11-21T10:00:00.500Z", "half a second"),
    ("2026-11-21T10:00:00.123456Z", "2026-11-21T10:00:00.123Z", "digits past the millisecond"),
    ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "a leap second"),
    ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", "before 1970"),
    ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "the first moment that has a date"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z", "the last second that has a date"),
  ])
  func `moments are read and written as RFC 3339`(_ c: (text: String, written: String, because: String)) throws {
    #expect(try #require(Instant(c.text)).description == c.written, "\(c.because)")
  }

  @Test(arguments: [
    "2026-11-21T10:00:00", "2026-11-21", "2026-11-21 10:00:00Z", "2026-11-21T24:00:00Z", "2026-11-21T10:60:00Z",
    "2026-02-29T10:00:00Z", "2026-11-21T10:00:00.Z", "2026-11-21T10:00:00+0100", "2026-11-21T10:00Z", "",
    "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00", "２026-11-21T10:00:00Z", "2026-11-21T10:00:00Z ",
  ])
  func `what is no moment is refused`(_ text: String) {
    #expect(Instant(text) == nil)
  }

  @Test func `a moment encodes as its text, and other text is refused with the form`() throws {
    let instant = try #require(Instant("2026-11-21T10:00:00Z"))
    #expect(String(decoding: try JSONEncoder().encode([instant]), as: UTF8.self) == #"["2026-11-21T10:00:00Z"]"#)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Instant].self, from: Data(#"["now"]"#.utf8))
    }
    guard case .dataCorrupted(let context)? = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
    #expect(context.debugDescription == "'now' is no moment; write it with an offset, as 2026-01-31T09:00:00-08:00")
  }

  @Test func `facts known at a moment are those recorded until then`() {
    let facts = [1, 2, 3].map { number in
      let moment = Instant(milliseconds: Int64(number) * 1000)
      return Fact(number, Occasion(happenedAt: Instant(milliseconds: 0), recordedAt: moment, sequence: Int64(number)))
    }
    #expect(facts.known(at: Instant(milliseconds: 2000)).map(\.value) == [1, 2])
    #expect(facts.known(at: nil).map(\.value) == [1, 2, 3])
    #expect(facts.known(at: Instant(milliseconds: 999)).isEmpty)
  }
}
