package import TermsModel

/// Names stand in the addresses of the web service, and not every name that can be told apart can be asked for there.
extension VersionLabel {
  /// Whether the label can stand in every address: `.` and `..` are left out by whoever asks, `a.md` is the text of `a`, and
  /// dots at an end or in a row run into those between two labels, as in `a...b`.
  package var isAddressable: Bool {
    !rawValue.lowercased().hasSuffix(".md") && !rawValue.hasPrefix(".") && !rawValue.hasSuffix(".")
      && !rawValue.contains("..")
  }
}

extension Identifier {
  /// Whether the name is `.` or `..`, which whoever asks leaves out of an address (RFC 3986, section 5.2.4), escaped or not.
  package var isDotSegment: Bool { rawValue == "." || rawValue == ".." }
}
