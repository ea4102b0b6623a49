internal import TermsModel

/// Values by clause, for clauses whose numbers were given out one after the other.
struct ClauseTable<Value> {
  private var dense: [Value?] = []
  /// Clauses whose numbers lie far out: no record has them, and none shall make the table huge.
  private var sparse: [LineageID: Value] = [:]

  private static var denseLimit: Int { 1 << 14 }

  subscript(clause: LineageID) -> Value? {
    get {
      let number = clause.rawValue
      if number >= 0, number < dense.count { return dense[number] }
      return sparse.isEmpty ? nil : sparse[clause]
    }
    set {
      let number = clause.rawValue
      guard number >= 0, number < Self.denseLimit else {
        sparse[clause] = newValue
        return
      }
      if number >= dense.count {
        dense.append(contentsOf: repeatElement(nil, count: max(64, number * 2) - dense.count))
      }
      dense[number] = newValue
    }
  }
}
