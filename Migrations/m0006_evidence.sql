-- Evidence for others: the keys that sign the log, its signed states, what outside witnesses said of them, and the letters
-- as they were sent.

-- Evidence: the keys that sign the log, each from its act on.
CREATE TABLE log_keys (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  -- As it is published (C2SP, signed-note): NAME+ID+KEY.
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  -- The note by which the key before it handed over to it; NULL for the first one.
  handover TEXT UNIQUE,
  CHECK (handover IS NULL OR handover <> '')
) STRICT;

CREATE TRIGGER log_keys_with_act BEFORE INSERT ON log_keys
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a key of the log is recorded together with its act'); END;

CREATE TRIGGER log_keys_unaltered BEFORE UPDATE ON log_keys
BEGIN SELECT RAISE(ABORT, 'a key of the log is never altered: rotate to a new one'); END;

CREATE TRIGGER log_keys_kept BEFORE DELETE ON log_keys
BEGIN SELECT RAISE(ABORT, 'a key of the log is never deleted: what it signed must be checked with it'); END;

-- Evidence: the log as it was at one size, signed (C2SP, tlog-checkpoint). The act that records a checkpoint is the first
-- one that is not under it.
CREATE TABLE checkpoints (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  size INTEGER NOT NULL UNIQUE,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- The signed note, byte for byte.
  note TEXT NOT NULL CHECK (note <> ''),
  CHECK (size = sequence - 1)
) STRICT;

CREATE TRIGGER checkpoints_with_act BEFORE INSERT ON checkpoints
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is recorded together with its act'); END;

CREATE TRIGGER checkpoints_unaltered BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never altered: somebody may hold it'); END;

CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted: somebody may hold it'); END;

-- Evidence: what others witnessed of a checkpoint.
CREATE TABLE witnesses (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  size INTEGER NOT NULL REFERENCES checkpoints (size),
  kind TEXT NOT NULL CHECK (kind IN ('cosignature', 'timestamp')),
  -- The witness's key as it is published, or where the time stamp was got.
  witness TEXT NOT NULL CHECK (witness <> ''),
  -- The note with the witness's signature, or the time stamp's reply (RFC 3161).
  bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;

CREATE INDEX witnesses_by_size ON witnesses (size, sequence);

CREATE TRIGGER witnesses_with_act BEFORE INSERT ON witnesses
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what a witness said is recorded together with its act'); END;

CREATE TRIGGER witnesses_unaltered BEFORE UPDATE ON witnesses
BEGIN SELECT RAISE(ABORT, 'what a witness said is never altered'); END;

CREATE TRIGGER witnesses_kept BEFORE DELETE ON witnesses
BEGIN SELECT RAISE(ABORT, 'what a witness said is never deleted'); END;

-- Letters byte for byte, as they were handed over: no evidence by itself, as they hold names and addresses; erased with
-- them. The log binds each by the hash in the act of its attempt.
CREATE TABLE letters (
  notice INTEGER NOT NULL REFERENCES outbox (number),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  -- Whether the bytes are packed (raw DEFLATE, RFC 1951).
  packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
  bytes BLOB NOT NULL CHECK (length(bytes) > 0),
  UNIQUE (notice, sha256)
) STRICT;

CREATE INDEX letters_by_developer ON letters (developer_id);

-- Evidence: whether the letter of a try was kept when it went out. Programs before this schema kept its hash alone.
ALTER TABLE attempts ADD COLUMN letter_kept INTEGER NOT NULL DEFAULT 0 CHECK (letter_kept IN (0, 1));

-- Why a developer's data were erased: evidence, as the rest of the row.
ALTER TABLE developer_facts ADD COLUMN reason TEXT CHECK (reason IS NULL OR fact = 'erased');
