/// A number below two thousand million in four bytes: no text that is accepted has more bytes, lines or clauses, and a
/// long one has so many blocks that half the space counts.
@propertyWrapper
struct Narrow: Equatable {
  private var value: Int32

  init(wrappedValue: Int) {
    value = Int32(truncatingIfNeeded: wrappedValue)
  }

  var wrappedValue: Int {
    get { Int(value) }
    set { value = Int32(truncatingIfNeeded: newValue) }
  }
}
