/// Which clauses of two wordings are the same clause: each belongs to at most one group.
struct Alignment {
  /// One clause to one; one to several where it split; several to one where they merged.
  struct Group: Equatable {
    var before: [Int]
    var after: [Int]
  }

  private(set) var groups: [Group?] = []
  /// The group of each clause, or -1.
  private(set) var groupOfBefore: [Int]
  private(set) var groupOfAfter: [Int]

  init(before: Int, after: Int) {
    groupOfBefore = Array(repeating: -1, count: before)
    groupOfAfter = Array(repeating: -1, count: after)
  }

  func isFree(before index: Int) -> Bool { groupOfBefore[index] < 0 }
  func isFree(after index: Int) -> Bool { groupOfAfter[index] < 0 }

  /// The clause that `index` became, where it is one; the first of them where it split.
  func after(of index: Int) -> Int? {
    let group = groupOfBefore[index]
    return group < 0 ? nil : groups[group]?.after[0]
  }

  func before(of index: Int) -> Int? {
    let group = groupOfAfter[index]
    return group < 0 ? nil : groups[group]?.before[0]
  }

  mutating func join(_ before: Int, _ after: Int) {
    groupOfBefore[before] = groups.count
    groupOfAfter[after] = groups.count
    groups.append(Group(before: [before], after: [after]))
  }

  mutating func join(_ before: [Int], _ after: [Int]) {
    for index in before { release(before: index) }
    for index in after { release(after: index) }
    for index in before { groupOfBefore[index] = groups.count }
    for index in after { groupOfAfter[index] = groups.count }
    groups.append(Group(before: before.sorted(), after: after.sorted()))
  }

  private mutating func release(before index: Int) {
    if groupOfBefore[index] >= 0 { dissolve(groupOfBefore[index]) }
  }

  private mutating func release(after index: Int) {
    if groupOfAfter[index] >= 0 { dissolve(groupOfAfter[index]) }
  }

  mutating func dissolve(_ group: Int) {
    guard let members = groups[group] else { return }
    for index in members.before { groupOfBefore[index] = -1 }
    for index in members.after { groupOfAfter[index] = -1 }
    groups[group] = nil
  }
}
