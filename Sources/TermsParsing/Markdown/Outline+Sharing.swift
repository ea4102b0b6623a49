// The same outline in another text.
extension Outline {
  /// What is open at a place of a text.
  struct State {
    var levels: [Level]
    var unplaced: Int
  }

  var state: State { State(levels: levels, unplaced: unplaced) }

  /// What the clauses that are open in `other` are here; `nil` where something else is open.
  ///
  /// The same may be open with another number of paragraphs under it: those to come are counted on from it.
  func counterparts(of other: State) -> Counterparts? {
    guard levels.count == other.levels.count else { return nil }
    var found = Counterparts(clauses: [Counterpart(theirs: -2, mine: -2, counted: unplaced - other.unplaced)])
    for (mine, theirs) in zip(levels, other.levels) {
      var same = mine
      same.clause = theirs.clause
      same.paragraphs = theirs.paragraphs
      if labels[mine.label] == labels[theirs.label] { same.label = theirs.label }
      let counterpart = Counterpart(
        theirs: theirs.clause, mine: mine.clause, counted: mine.paragraphs - theirs.paragraphs)
      guard same == theirs, found.clauses.allSatisfy({ $0.theirs != theirs.clause || $0 == counterpart }) else {
        return nil
      }
      found.clauses.append(counterpart)
    }
    return found
  }

  /// A clause that is open in two texts; -2 stands for what stands under nothing.
  struct Counterpart: Equatable {
    var theirs: Int
    var mine: Int
    /// How many paragraphs more were counted under it here.
    var counted: Int
  }

  /// What the open clauses of another text are here.
  struct Counterparts {
    var clauses: [Counterpart]

    func mine(of theirs: Int) -> Int { clauses.first { $0.theirs == theirs }?.mine ?? theirs }
    func counted(under theirs: Int) -> Int { clauses.first { $0.theirs == theirs }?.counted ?? 0 }
  }

  /// Goes on from a state of the other text.
  mutating func resume(_ state: State, _ open: Counterparts, _ clause: (Int) -> Int) {
    levels = state.levels
    unplaced = state.unplaced + open.counted(under: -2)
    for index in levels.indices {
      levels[index].paragraphs += open.counted(under: levels[index].clause)
      levels[index].clause = clause(levels[index].clause)
    }
  }
}
