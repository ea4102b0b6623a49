-- Notices that supersede earlier ones, and indexes for the questions that acts on a posted version ask.

-- The queue of notices by e-mail, made anew: beside the one notice of a version that a developer gets when it is posted,
-- there is one for each act that withdraws, postpones or reclassifies the version after they had it.
CREATE TABLE outbox_next (
  number INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES versions (id),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  planned INTEGER NOT NULL REFERENCES acts (sequence),
  -- Whether it tells of an act that came after the posting, and so gives no notice of the version itself.
  superseding INTEGER NOT NULL CHECK (superseding IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'transmitting', 'accepted', 'refused', 'unknown', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at INTEGER,
  claimed_at INTEGER,
  UNIQUE (version_id, developer_id, planned),
  CHECK ((state = 'queued') = (due_at IS NOT NULL)),
  CHECK ((state = 'transmitting') = (claimed_at IS NOT NULL))
) STRICT;

INSERT INTO outbox_next (number, version_id, developer_id, planned, superseding, state, attempts, due_at, claimed_at)
SELECT number, version_id, developer_id, planned, 0, state, attempts, due_at, claimed_at FROM outbox ORDER BY number;

DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;

CREATE UNIQUE INDEX outbox_first ON outbox (version_id, developer_id) WHERE superseding = 0;
CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'queued';
-- Rows in transmission are few: what a dead run left behind is found without looking through the queue.
CREATE INDEX outbox_transmitting ON outbox (number) WHERE state = 'transmitting';
-- Few, too, are those of whom nobody knows whether their notice went out; a superseding one goes to them as well.
CREATE INDEX outbox_in_doubt ON outbox (version_id, developer_id) WHERE state IN ('unknown', 'transmitting');

CREATE TRIGGER outbox_with_act BEFORE INSERT ON outbox
WHEN NEW.planned IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a notice is planned together with the act that it tells of'); END;

CREATE TRIGGER outbox_keeps_its_plan BEFORE UPDATE OF number, version_id, developer_id, planned, superseding ON outbox
BEGIN SELECT RAISE(ABORT, 'a planned notice keeps its version, its developer and what it tells of'); END;

CREATE TRIGGER outbox_moves_forward BEFORE UPDATE OF state ON outbox
WHEN NOT CASE OLD.state
  WHEN 'queued' THEN NEW.state IN ('queued', 'transmitting', 'cancelled')
  WHEN 'transmitting' THEN 1
  WHEN 'unknown' THEN NEW.state <> 'transmitting'
  ELSE NEW.state = OLD.state
END
BEGIN SELECT RAISE(ABORT, 'a notice that was accepted, refused or cancelled stays so, and none is sent without a claim'); END;

CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'a planned notice is never deleted: it is sent or cancelled'); END;

-- How many notices of a version are in each state, the superseding ones apart.
DROP TRIGGER versions_have_an_outbox;

CREATE TABLE outbox_counts_next (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  superseding INTEGER NOT NULL CHECK (superseding IN (0, 1)),
  state TEXT NOT NULL,
  notices INTEGER NOT NULL CHECK (notices >= 0),
  PRIMARY KEY (version_id, superseding, state)
) STRICT, WITHOUT ROWID;

INSERT INTO outbox_counts_next SELECT version_id, 0, state, notices FROM outbox_counts;
INSERT INTO outbox_counts_next SELECT version_id, 1, state, 0 FROM outbox_counts;
DROP TABLE outbox_counts;
ALTER TABLE outbox_counts_next RENAME TO outbox_counts;

CREATE TRIGGER versions_have_an_outbox AFTER INSERT ON versions
BEGIN
  INSERT INTO outbox_counts
  SELECT NEW.id, kind.value, state.value, 0
  FROM json_each('[0, 1]') AS kind,
    json_each('["queued", "transmitting", "accepted", "refused", "unknown", "cancelled"]') AS state;
END;

CREATE TRIGGER outbox_counted_in AFTER INSERT ON outbox
BEGIN
  UPDATE outbox_counts SET notices = notices + 1
  WHERE version_id = NEW.version_id AND superseding = NEW.superseding AND state = NEW.state;
END;

CREATE TRIGGER outbox_counted_over AFTER UPDATE OF state ON outbox
WHEN NEW.state <> OLD.state
BEGIN
  UPDATE outbox_counts SET notices = notices - 1
  WHERE version_id = OLD.version_id AND superseding = OLD.superseding AND state = OLD.state;
  UPDATE outbox_counts SET notices = notices + 1
  WHERE version_id = NEW.version_id AND superseding = NEW.superseding AND state = NEW.state;
END;

-- A period of notice longer than the profile's, with its reason: evidence, as the rest of the row.
ALTER TABLE versions ADD COLUMN adaptation_days INTEGER CHECK (adaptation_days >= 1);
ALTER TABLE versions ADD COLUMN adaptation_reason TEXT CHECK ((adaptation_days IS NULL) = (adaptation_reason IS NULL));

-- Who had a notice of a version, and who consented to a document since some act: whether a version binds anybody is
-- asked without looking through everything that all developers ever did.
CREATE INDEX notice_steps_by_version ON notice_steps (version_id, developer_id);
CREATE INDEX agreement_acts_by_document ON agreement_acts (document_id, sequence);
