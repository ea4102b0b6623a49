import Redlining
import TermsModel
import Testing

/// The words that are marked within a clause.
@Suite struct EditTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let before: String
    let after: String
    let marked: String
    let because: String
    var testDescription: String { because }
  }

  private func change(_ before: String, _ after: String) throws -> Change {
    let lead = "# Rules\n\nOne paragraph stands before the other, so that it is clear where it belongs.\n\n"
    return try #require(try redline(lead + before + "\n", lead + after + "\n").changes.first)
  }

  @Test(arguments: [
    Case(
      before: "The fee is 1,000.50 EUR for each berth and each day of the season.",
      after: "The fee is 1,200.50 EUR for each berth and each day of the season.",
      marked: "The fee is [-1,000.50-]{+1,200.50+} EUR for each berth and each day of the season.",
      because: "a number is never cut"),
    Case(
      before: "The fee rises by 7.5% on the first of January of each year.",
      after: "The fee rises by 7.25% on the first of January of each year.",
      marked: "The fee rises by [-7.5-]{+7.25+}% on the first of January of each year.",
      because: "a decimal is one number"),
    Case(
      before: "The fee is 1\u{A0}000 EUR for each berth and each day of the season.",
      after: "The fee is 2\u{A0}000 EUR for each berth and each day of the season.",
      marked: "The fee is [-1\u{A0}000-]{+2\u{A0}000+} EUR for each berth and each day of the season.",
      because: "a number written in groups is one number"),
    Case(
      before: "The Office may not close the gate on a working day without a notice.",
      after: "The Office may close the gate on a working day without a notice.",
      marked: "The Office may [-not -]close the gate on a working day without a notice.",
      because: "a word that went takes its space along"),
    Case(
      before: "Ropes are coiled. Fenders are hung out. Lamps are lit at dusk and put out at dawn.",
      after: "Ropes are coiled. Fenders are hung out. Fenders are cleaned. Lamps are lit at dusk and put out at dawn.",
      marked:
        "Ropes are coiled. Fenders are hung out. {+Fenders are cleaned. +}Lamps are lit at dusk and put out at dawn.",
      because: "an inserted sentence is marked from its beginning to its end"),
    Case(
      before: "The “Berth Fee” is due at noon, and whoever pays the Berth Fee late pays interest on it.",
      after: "The “Berth Rent” is due at noon, and whoever pays the Berth Rent late pays interest on it.",
      marked:
        "The “[-Berth Fee-]{+Berth Rent+}” is due at noon, and whoever pays the [-Berth Fee-]{+Berth Rent+} late pays interest on it.",
      because: "a defined term is exchanged whole"),
    Case(
      before:
        "On the quay, owners stow heavy chains behind the northern crane shed until Friday, as the plan of the port shows it.",
      after:
        "On the quay, visitors leave parked bicycles inside the covered eastern hall overnight, as the plan of the port shows it.",
      marked:
        "On the quay, [-owners stow heavy chains behind the northern crane shed until Friday-]{+visitors leave parked bicycles inside the covered eastern hall overnight+}, as the plan of the port shows it.",
      because: "no island of a \"the\" between two longer replacements"),
    Case(
      before: "Write to harbour_office@example.org about lost property, keys and bicycles.",
      after: "Write to harbour\\_office@example.org about lost property, keys and bicycles.",
      marked: "Write to harbour{+\\+}_office@example.org about lost property, keys and bicycles.",
      because: "an escaped underscore is the same word in another dress"),
  ])
  func `words are marked as a reader would mark them`(_ c: Case) throws {
    #expect(try change(c.before, c.after).marked == c.marked, "\(c.because)")
  }

  @Test func `a bullet in another shape takes its white space along`() throws {
    let edits = TextComparison.edits(
      from: "*   [Fees](https://example.org/fees) of the port", to: "-   [Fees](https://example.org/fees) of the port")
    #expect(edits.prefix(2) == [Edit(op: .delete, text: "*   "), Edit(op: .insert, text: "-   ")])
  }

  @Test func `of two link targets only what differs is marked`() throws {
    let change = try change(
      "Read the [tariff](http://example.org/tariff/2024) before you enter the harbour with a vessel.",
      "Read the [tariff](https://example.org/tariff/2024) before you enter the harbour with a vessel.")
    #expect(change.kind == .formatting)
    #expect(change.marked.contains("[tariff]([-http-]{+https+}://example.org/tariff/2024)"))
  }

  @Test func `texts are compared without clauses`() {
    let edits = TextComparison.edits(from: "one two three", to: "one three")
    #expect(
      edits == [Edit(op: .equal, text: "one "), Edit(op: .delete, text: "two "), Edit(op: .equal, text: "three")])
    #expect(TextComparison.edits(from: "", to: "") == [])
    #expect(TextComparison.edits(from: "", to: "x") == [Edit(op: .insert, text: "x")])
    #expect(TextComparison.edits(from: "x", to: "") == [Edit(op: .delete, text: "x")])
    #expect(TextComparison.edits(from: "e\u{301}", to: "é").map(\.op) == [.delete, .insert])
  }

  struct Folding: Sendable, CustomTestStringConvertible {
    let folding: CanonicalText.Folding
    let before: String
    let after: String
    var testDescription: String { folding.rawValue }
  }

  @Test(arguments: [
    Folding(folding: .composition, before: "the caf\u{E9} on the quay", after: "the cafe\u{301} on the quay"),
    Folding(folding: .emphasis, before: "the **outer** light", after: "the _outer_ light"),
    Folding(folding: .links, before: "the [tariff](https://a.example)", after: "the [tariff](https://b.example)"),
    Folding(folding: .escapes, before: "quay no\\. 7 is closed", after: "quay no. 7 is closed"),
    Folding(folding: .references, before: "bread &amp; water", after: "bread & water"),
    Folding(folding: .quotes, before: "the “Office” of the port", after: "the \"Office\" of the port"),
    Folding(folding: .hyphens, before: "a flat\u{2011}bottomed boat", after: "a flat-bottomed boat"),
    Folding(folding: .invisible, before: "a flat\u{200B}bottom boat", after: "a flatbottom boat"),
    Folding(folding: .spaces, before: "a\u{A0}flat boat", after: "a flat boat"),
    Folding(folding: .spaces, before: "a flat boat", after: "a flat  boat"),
  ])
  func `each folding can be switched off`(_ c: Folding) throws {
    let lead = "# Rules\n\nIn the harbour, "
    let tail = ", as everybody knows, is looked after by the office in the old tower.\n"
    let folded = try redline(lead + c.before + tail, lead + c.after + tail)
    #expect(folded.changes.map(\.kind) == [.formatting])
    let told = try redline(lead + c.before + tail, lead + c.after + tail, .init(foldings: .all(but: c.folding)))
    #expect(told.changes.map(\.kind) == [.modified])
    #expect(told.changes[0].edits.contains { $0.op != .equal } && told.brokenLaws() == [])
  }

  struct Outside: Sendable, CustomTestStringConvertible {
    let folding: CanonicalText.Folding
    let before: String
    let after: String
    let marked: String
    var testDescription: String { "\(folding.rawValue): \(after)" }
  }

  @Test(arguments: [
    Outside(
      folding: .bullets, before: "* Fish in boxes, and ice for it", after: "- Fish in boxes, and ice for it",
      marked: "[-*-]{+-+} Fish in boxes, and ice for it"),
    Outside(
      folding: .headings, before: "## Fish and ice", after: "Fish and ice\n------------",
      marked: "[-## -]Fish and ice{+\n------------+}"),
  ])
  func `dress that stands outside the words counts where its folding is switched off`(_ c: Outside) throws {
    let lead = "# Rules\n\nIn the harbour, fish is sold at the northern quay from noon on.\n\n"
    let (before, after) = (lead + c.before + "\n", lead + c.after + "\n")
    #expect(try redline(before, after).changes.map(\.kind) == [.formatting])
    let told = try redline(before, after, .init(foldings: .all(but: c.folding)))
    #expect(told.changes.map(\.kind) == [.modified])
    #expect(told.changes.map(\.marked) == [c.marked])
    #expect(told.brokenLaws() == [])
  }
}
