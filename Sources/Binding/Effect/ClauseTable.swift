internal import TermsModel

/// A place by clause, for clauses whose numbers were given out one after the other.
struct ClauseTable {
  private var dense: [Int32] = []
  /// Clauses whose numbers lie far out: no record has them, and none shall make the table huge.
  private var sparse: [LineageID: Int] = [:]

  private static var denseLimit: Int { 1 << 14 }

  subscript(clause: LineageID) -> Int? {
    get {
      let number = clause.rawValue
      if number >= 0, number < dense.count { return dense[number] < 0 ? nil : Int(dense[number]) }
      return sparse.isEmpty ? nil : sparse[clause]
    }
    set {
      let number = clause.rawValue
      guard number >= 0, number < Self.denseLimit else {
        sparse[clause] = newValue
        return
      }
      if number >= dense.count {
        dense.append(contentsOf: repeatElement(-1, count: max(128, number * 2) - dense.count))
      }
      dense[number] = Int32(newValue ?? -1)
    }
  }
}
