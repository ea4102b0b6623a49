/// What the words of groups came to, by the first clause of before; most groups are never looked at.
struct ComparedGroups {
  /// Where the group of each clause stands in ``all``; -1 where it was not looked at.
  private var places: [Int32]
  /// In the order in which they were compared.
  private(set) var all: [Comparison.ComparedWords] = []

  init(count: Int) {
    places = Array(repeating: -1, count: count)
  }

  subscript(first: Int) -> Comparison.ComparedWords? {
    get { places[first] < 0 ? nil : all[Int(places[first])] }
    set {
      guard let newValue else { return }
      if places[first] >= 0 {
        all[Int(places[first])] = newValue
      } else {
        places[first] = Int32(all.count)
        all.append(newValue)
      }
    }
  }
}
