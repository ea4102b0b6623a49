/// Natural logarithms of small counts, the same on every machine.
enum Logarithm {
  /// ln(1 + count), from a table up to 255 and the same beyond.
  static func of(_ count: Int) -> Double { table[min(max(count, 0), table.count - 1)] }

  private static let table: [Double] = (0..<256).map { count in
    // ln(1 + n) = 2 artanh(n / (n + 2)); the series is summed until it stands still.
    let ratio = Double(count) / Double(count + 2)
    var term = ratio
    var sum = 0.0
    var k = 1.0
    while term / k > 1e-12 {
      sum += term / k
      term *= ratio * ratio
      k += 2
    }
    return 2 * sum
  }
}
