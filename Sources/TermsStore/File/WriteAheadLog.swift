internal import Foundation
internal import GRDB

extension TermsStore {
  /// Sets the connection that writes up for a long run of small commits.
  ///
  /// SQLite's log of writes is made as long as it is going to be, so that no commit has to make it longer: on ext4 such a
  /// commit takes several times as long as one that writes over what is there.
  ///
  /// A frame of that log is valid only where its salt and its checksum are the log's (www.sqlite.org/fileformat2.html, 4.1):
  /// zeros behind the last frame mean as little as the frames left there from before it was begun anew. They are written
  /// under the lock for writing, so that nobody else appends to the log or cuts it meanwhile. Where it cannot be done, nothing
  /// is lost but time. The connection lets it become four times as long as SQLite does by itself before it puts it away, which
  /// waits for the disk twice; and it keeps few pages in memory, as such a run comes back to the same few.
  func prepareForManyCommits() async throws {
    let file = path + "-wal"
    try await write { db in
      try db.execute(sql: "PRAGMA wal_autocheckpoint = \(writeAheadLogPages); PRAGMA cache_size = -8192")
      lengthen(file, to: (writeAheadLogPages + writeAheadLogPages / 4) << 12)
    }
  }
}

/// Of four kilobytes each, with somewhat more for what is committed until it is put away.
private let writeAheadLogPages = 4000

private func lengthen(_ file: String, to bytes: Int) {
  let descriptor = open(file, O_WRONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  defer { close(descriptor) }
  var status = stat()
  // An empty one has no header yet: the first commit writes it.
  guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return }
  let zeros = [UInt8](repeating: 0, count: 1 << 18)
  var place = Int(status.st_size)
  while place < bytes {
    let written = pwrite(descriptor, zeros, min(zeros.count, bytes - place), off_t(place))
    guard written > 0 else { return }
    place += written
  }
  fdatasync(descriptor)
}
