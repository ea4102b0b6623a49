import TermsModel
import TermsParsing
import Testing
import ThreadClock

@Suite struct StructureTests {
  static let base = """
    1. Use

    (a) Look.

    (b) Leave. You may (i) come; or (ii) go.

    2. Fees

    2.1 Due.

    2.2 Paid.

    3. End

    4. Rest

    5. Law

    """

  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let found: [String]
    let because: String
    var testDescription: String { because }
  }

  @Test(arguments: [
    Case(text: "See Section 1(b).", found: ["document 1(b)→1(b)"], because: "one clause"),
    Case(text: "See clause 3 and the rest.", found: ["document 3→3"], because: "a clause in small letters"),
    Case(
      text: "Survive: 1(a), 1(b) and 3–5.", found: ["document 1(a)→1(a) 1(b)→1(b) 3…5→3,4,5"],
      because: "a list without a word"),
    Case(text: "Sections 3 to 5 apply.", found: ["document 3…5→3,4,5"], because: "a run in words"),
    Case(
      text: "Sections 2.1 (Due), 2.2 (Paid) and 3.", found: ["document 2.1→2.1 2.2→2.2 3→3"],
      because: "titles between the labels"),
    Case(text: "under Section\u{A0}1(a)", found: ["document 1(a)→1(a)"], because: "a no-break space"),
    Case(text: "under **Section 1**(a)", found: ["document 1(a)→1(a)"], because: "emphasis inside"),
    Case(text: "§ 2.2 and §§ 3, 4", found: ["document 2.2→2.2", "document 3→3 4→4"], because: "the sign"),
    Case(
      text: "See Section 1(b)(ii).", found: ["document 1(b)(ii)→1(b)"], because: "a point inside the text of a clause"),
    Case(text: "See Section 1(c).", found: ["document 1(c)→missing"], because: "a step that is not there"),
    Case(text: "See Section 9.", found: ["document 9→missing"], because: "a section that is not there"),
    Case(
      text: "See Sections 3 to 9.", found: ["document 3…9→missing 9"], because: "the end of a run that is not there"),
    Case(text: "paragraph (a)", found: ["document (a)→"], because: "a step of the clause itself"),
    Case(text: "Section 3 of the Privacy Act", found: ["elsewhere 3→"], because: "a law behind"),
    Case(text: "Article 6(1)(f) GDPR", found: ["elsewhere 6(1)(f)→"], because: "an abbreviated law behind"),
    Case(text: "Civil Code Section 1542", found: ["elsewhere 1542→"], because: "a law before"),
    Case(text: "17 U.S.C. § 512(c)", found: ["elsewhere 512(c)→"], because: "an abbreviated law before"),
    Case(text: "Section 4 of our Fee Policy", found: ["elsewhere 4→"], because: "another document of ours"),
    Case(text: "Section 3 of these Terms", found: ["document 3→3"], because: "this document by its name"),
    Case(
      text: "Sections 1(a) and Section 2 of the Data Act", found: ["elsewhere 1(a)→", "elsewhere 2→"],
      because: "the owner behind the last of several"),
    Case(text: "within 5 days, section by section", found: [], because: "numbers and words that refer to nothing"),
    Case(text: "Section 3, and 30 days later", found: ["document 3→3"], because: "a number that counts days"),
    Case(text: "Section 3; and (b) pay", found: ["document 3→3"], because: "a point of the sentence behind"),
    Case(text: "[Section 3](https://example.org/section/9)", found: ["document 3→3"], because: "an address is no text"),
  ])
  func `cross-references are found with what they lead to`(_ c: Case) throws {
    let wording = try MarkdownParser.parse(Self.base + "\n6. Last\n\n" + c.text + "\n")
    let found = Structure(of: wording).references.filter { wording.clauses[$0.clause].label.description == "6" }.map {
      reference in
      "\(reference.scope.rawValue) "
        + reference.targets.map { target in
          target.label + (target.last.map { "…\($0)" } ?? "") + "→"
            + (target.missing.map { $0 == target.label ? "missing" : "missing \($0)" }
              ?? target.clauses.map { wording.clauses[$0].label.description }.joined(separator: ","))
        }.joined(separator: " ")
    }
    #expect(found == c.found)
  }

  @Test func `a reference knows its clause, its line and its words`() throws {
    let wording = try MarkdownParser.parse("1. One.\n\n2. First\n   line, then\n   see **Section 1**, please.\n")
    let reference = try #require(Structure(of: wording).references.first)
    #expect(reference.clause == 1)
    #expect(reference.line == 5)
    #expect(reference.text == "Section 1")
    let bytes = Array(wording.clauses[1].text.utf8)[reference.bytes]
    #expect(String(decoding: bytes, as: UTF8.self) == "Section 1")
  }

  @Test(arguments: [
    ("We run services (“Services”).", ["Services"], "in parentheses"),
    ("We run services (the \"Services\").", ["Services"], "straight quotes and an article"),
    ("These rules (collectively, the “Terms”) bind.", ["Terms"], "collectively"),
    ("Plans (each, a “Plan” and together the “Plans”) exist.", ["Plan", "Plans"], "two in one"),
    ("Services (“**Brand Features**”) are ours.", ["Brand Features"], "bold within quotes"),
    ("“Key” means a secret.", ["Key"], "means"),
    ("“Key” and “Lock” mean things.", ["Key", "Lock"], "two with one meaning"),
    ("“Fee” has the meaning given in 3.", ["Fee"], "has the meaning"),
    ("**Berth** means a place.", ["Berth"], "bold at the beginning"),
    ("Things called \"Boats\".", ["Boats"], "called"),
    ("Copies are referred to as “Outputs”.", ["Outputs"], "referred to as"),
    ("(a) **Key.** means a secret", ["Key"], "a heading that is the term"),
    ("(“User/You”) agree.", ["User", "You"], "two words for one"),
    ("Say “Hello there” to us.", [], "a quotation"),
    ("Do not post (“I hope you sink”).", [], "a sentence in quotation marks"),
    ("Drugs (e.g., “Aspirin”) are banned.", [], "an example"),
    ("He said (we “assume”) so.", [], "a word in small letters"),
  ])
  func `definitions are found`(_ c: (text: String, terms: [String], because: String)) throws {
    #expect(Structure(of: try MarkdownParser.parse(c.text)).definitions.map(\.term) == c.terms, "\(c.because)")
  }

  @Test func `structure is read in linear time whatever the text`() throws {
    let clock = ThreadClock()
    for text in [
      "Section 1 ", "Section 1(a), ", "“A” ", "(“A ", "\"", "§", "1(a) and ", "**A** means ", "the Service ", "[a](b) ",
      "Section 1\n",
    ] {
      func time(_ count: Int) throws -> Duration {
        let wording = try MarkdownParser.parse("1. One.\n\n" + String(repeating: text, count: count))
        return clock.measure { _ = Linter().findings(in: wording, survival: []) }
      }
      _ = try time(100)
      let (short, long) = (try time(300), try time(2_400))
      #expect(long < short * 30 + .milliseconds(300), "'\(text)': \(short) for 300, \(long) for 2,400")
    }
  }
}

@Suite struct ClauseLookupTests {
  static let text = """
    # Terms

    7. General

    (a) **Modifications.** We may change these terms.

    (b) **Notices.** In writing.

    8. Survival

    8.1 **What Survives.** All of 7.

    ## Annex A

    1. Rates
    """

  @Test(arguments: [
    ("7(a)", ["7(a)"]), ("7a", ["7(a)"]), ("7.a", ["7(a)"]), ("7 (a)", ["7(a)"]), ("Section 7(a)", ["7(a)"]),
    ("§ 7(a)", ["7(a)"]), ("clause 8.1", ["8.1"]), ("8.1.", ["8.1"]), ("7", ["7"]), ("Annex A", ["Annex A"]),
    ("Annex A.1", ["Annex A.1"]), ("Survival", ["8"]), ("survival", ["8"]), ("notices", ["7(b)"]),
    ("what survives", ["8.1"]), ("Terms", [""]),
  ])
  func `clauses are found by what a person types`(_ c: (typed: String, labels: [String])) throws {
    let wording = try MarkdownParser.parse(Self.text)
    guard case .found(let found) = ClauseLookup(wording).find(c.typed) else {
      Issue.record("'\(c.typed)' finds nothing")
      return
    }
    #expect(found.map { wording.clauses[$0].label.description } == c.labels)
  }

  @Test(arguments: [
    ("7(c)", ["7(b)"]), ("7(d)", ["7"]), ("9", ["8"]), ("Survivl", ["Survival"]),
    ("surv", ["Survival", "What Survives"]),
    ("nothing like it", []), ("", []),
  ])
  func `a miss suggests what resembles it`(_ c: (typed: String, suggestions: [String])) throws {
    #expect(ClauseLookup(try MarkdownParser.parse(Self.text)).find(c.typed) == .suggestions(c.suggestions))
  }
}
