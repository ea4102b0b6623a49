extension Wording {
  /// The Markdown that a clause covers, exactly as it stands in ``source``, blank lines after it included.
  ///
  /// The sources of all clauses, joined, are ``source`` itself.
  ///
  /// - Precondition: the clause is one of this wording's.
  package func source(of clause: Clause) -> String {
    let utf8 = source.utf8
    let start = utf8.index(utf8.startIndex, offsetBy: clause.bytes.lowerBound)
    let end = utf8.index(start, offsetBy: clause.bytes.count)
    return String(source[start..<end])
  }
}
