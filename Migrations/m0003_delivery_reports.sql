-- What came back for notices: delivery reports, answers, and where each notice stands by them.

-- Evidence: what a server said of each try, beside its words.
ALTER TABLE attempts ADD COLUMN stage TEXT CHECK (stage IN ('connection', 'sender', 'recipient', 'content', 'completion'));
ALTER TABLE attempts ADD COLUMN code INTEGER;
ALTER TABLE attempts ADD COLUMN status TEXT;
ALTER TABLE attempts ADD COLUMN peer TEXT;

-- Evidence: each message that came back to a notice's address, once.
CREATE TABLE returned_mail (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  notice INTEGER NOT NULL REFERENCES outbox (number),
  kind TEXT NOT NULL CHECK (kind IN ('reports', 'reply', 'unrecognised')),
  -- Why nothing could be read from it.
  detail TEXT,
  mail_sha256 BLOB NOT NULL UNIQUE CHECK (length(mail_sha256) = 32),
  CHECK ((kind = 'unrecognised') = (detail IS NOT NULL))
) STRICT;

CREATE INDEX returned_mail_by_notice ON returned_mail (notice, sequence);

CREATE TRIGGER returned_mail_with_act BEFORE INSERT ON returned_mail
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what came back is recorded together with its act'); END;

CREATE TRIGGER returned_mail_unaltered BEFORE UPDATE ON returned_mail
BEGIN SELECT RAISE(ABORT, 'what came back is never altered'); END;

CREATE TRIGGER returned_mail_kept BEFORE DELETE ON returned_mail
BEGIN SELECT RAISE(ABORT, 'what came back is never deleted: its bytes can be erased, what it said stays'); END;

-- Evidence: what the reports in it say, one row for each recipient that the message speaks of.
CREATE TABLE notice_reports (
  sequence INTEGER NOT NULL REFERENCES returned_mail (sequence),
  number INTEGER NOT NULL CHECK (number >= 1),
  action TEXT NOT NULL CHECK (action IN ('failed', 'delayed', 'delivered', 'relayed', 'expanded')),
  finding TEXT NOT NULL CHECK (finding IN ('received', 'handed-on', 'delayed', 'failed', 'unreliable')),
  evidence INTEGER CHECK (evidence BETWEEN 0 AND 5),
  failure_class TEXT CHECK (failure_class IN ('address-dead', 'message-only', 'ours', 'temporary', 'unknown')),
  doubt TEXT CHECK (doubt IN ('other-envelope', 'nameless-success', 'pretends-to-be-ours', 'contradicts-itself')),
  retry_until INTEGER,
  reported_at INTEGER NOT NULL,
  -- Whether our own mail system made the report.
  ours INTEGER NOT NULL CHECK (ours IN (0, 1)),
  witness TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (sequence, number),
  CHECK ((finding = 'received') = (evidence IS NOT NULL)),
  CHECK ((finding = 'failed') = (failure_class IS NOT NULL)),
  CHECK ((finding = 'unreliable') = (doubt IS NOT NULL)),
  CHECK (finding = 'delayed' OR retry_until IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER notice_reports_with_act BEFORE INSERT ON notice_reports
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a report is recorded together with its act'); END;

CREATE TRIGGER notice_reports_unaltered BEFORE UPDATE ON notice_reports
BEGIN SELECT RAISE(ABORT, 'a report is never altered'); END;

CREATE TRIGGER notice_reports_kept BEFORE DELETE ON notice_reports
BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END;

-- Where a notice stands by all that came back on it.
CREATE TABLE notice_standings (
  notice INTEGER PRIMARY KEY REFERENCES outbox (number),
  standing TEXT NOT NULL CHECK (standing IN ('open', 'received', 'failed', 'disputed')),
  evidence INTEGER CHECK (evidence BETWEEN 0 AND 5),
  failure_class TEXT,
  dispute TEXT CHECK (dispute IN ('contradiction', 'unreliable')),
  -- When it was received or failed; of a dispute, when it would have been received.
  since INTEGER,
  -- Who witnessed the receipt, or why it failed.
  detail TEXT,
  -- The message that it was weighed upon last.
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  CHECK ((standing = 'received') = (evidence IS NOT NULL)),
  CHECK ((standing = 'failed') = (failure_class IS NOT NULL)),
  CHECK ((standing = 'disputed') = (dispute IS NOT NULL))
) STRICT;

CREATE INDEX notice_standings_unsettled ON notice_standings (notice) WHERE standing IN ('failed', 'disputed');
CREATE INDEX outbox_unknown ON outbox (number) WHERE state = 'unknown';
CREATE INDEX outbox_refused ON outbox (number) WHERE state = 'refused';
CREATE INDEX outbox_put_off ON outbox (number) WHERE state = 'queued' AND attempts > 0;

-- What came back, byte for byte: no evidence by itself, as it holds names and addresses; erased with them. The log binds
-- it by the hash in returned_mail.
CREATE TABLE returned_bytes (
  mail_sha256 BLOB PRIMARY KEY CHECK (length(mail_sha256) = 32),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  bytes BLOB NOT NULL
) STRICT;

CREATE INDEX returned_bytes_by_developer ON returned_bytes (developer_id);

-- A notice that was accepted or refused can be queued once more, by an act that says why.
DROP TRIGGER outbox_moves_forward;

CREATE TRIGGER outbox_moves_forward BEFORE UPDATE OF state ON outbox
WHEN NOT CASE OLD.state
  WHEN 'queued' THEN NEW.state IN ('queued', 'transmitting', 'cancelled')
  WHEN 'transmitting' THEN 1
  WHEN 'unknown' THEN NEW.state <> 'transmitting'
  WHEN 'cancelled' THEN NEW.state = 'cancelled'
  ELSE NEW.state IN (OLD.state, 'queued')
END
BEGIN SELECT RAISE(ABORT, 'a notice that was accepted, refused or cancelled stays so, and none is sent without a claim'); END;

-- A reminder of what is still to take effect: the date that it reminds of (YYYY-MM-DD). Like a superseding notice it gives no
-- notice of the version.
ALTER TABLE outbox ADD COLUMN reminds_of TEXT CHECK (reminds_of IS NULL OR superseding = 1);

CREATE TRIGGER outbox_keeps_its_date BEFORE UPDATE OF reminds_of ON outbox
BEGIN SELECT RAISE(ABORT, 'a reminder keeps the date that it reminds of'); END;
