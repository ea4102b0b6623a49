-- Webhooks: what is posted, and what becomes of each notice, told to the operator's own systems. None of it is evidence: it is
-- neither in the log nor rebuilt from it. What is to be told is written down by the triggers below, in the transaction of the
-- act that it tells of: nothing is forgotten, and nothing is told that did not happen. It holds nothing personal.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z.

-- Who is told, as the settings name them.
CREATE TABLE webhooks (
  webhook INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> ''),
  url TEXT NOT NULL CHECK (url <> ''),
  -- gone: it said that it wants no more (410). removed: the settings name it no more.
  state TEXT NOT NULL CHECK (state IN ('active', 'gone', 'removed')),
  -- Tries in a row that came to nothing, and until when it is left alone because of them.
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  paused_until INTEGER,
  -- What the last try said, where it came to nothing.
  last_failure TEXT
) STRICT;

-- What they are told of, from the moment of this row on; none of those that are gone or removed.
CREATE TABLE webhook_events (
  event TEXT NOT NULL CHECK (event <> ''),
  webhook INTEGER NOT NULL REFERENCES webhooks (webhook),
  PRIMARY KEY (event, webhook)
) STRICT, WITHOUT ROWID;

-- The queue: one message for each event and each of those who are told of it.
CREATE TABLE webhook_messages (
  number INTEGER PRIMARY KEY,
  webhook INTEGER NOT NULL REFERENCES webhooks (webhook),
  event TEXT NOT NULL CHECK (event <> ''),
  -- The act that it tells of.
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  version_id INTEGER NOT NULL REFERENCES versions (id),
  developer_id INTEGER REFERENCES developers (id),
  -- The notice of the outbox; NULL of a version, and of a notice given outside.
  notice INTEGER REFERENCES outbox (number),
  state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'transmitting', 'accepted', 'refused', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at INTEGER,
  claimed_at INTEGER,
  CHECK ((state = 'queued') = (due_at IS NOT NULL)),
  CHECK ((state = 'transmitting') = (claimed_at IS NOT NULL)),
  CHECK (notice IS NULL OR developer_id IS NOT NULL)
) STRICT;

CREATE INDEX webhook_messages_due ON webhook_messages (webhook, due_at, number) WHERE state = 'queued';
CREATE INDEX webhook_messages_transmitting ON webhook_messages (number) WHERE state = 'transmitting';
CREATE INDEX webhook_messages_refused ON webhook_messages (webhook, number) WHERE state = 'refused';

CREATE TRIGGER webhook_messages_keep_their_plan
BEFORE UPDATE OF number, webhook, event, sequence, version_id, developer_id, notice ON webhook_messages
BEGIN SELECT RAISE(ABORT, 'a message to a webhook keeps what it tells, and whom'); END;

CREATE TRIGGER webhook_messages_move_forward BEFORE UPDATE OF state ON webhook_messages
WHEN NOT CASE OLD.state
  WHEN 'queued' THEN NEW.state IN ('queued', 'transmitting', 'cancelled')
  WHEN 'transmitting' THEN 1
  WHEN 'refused' THEN NEW.state IN ('refused', 'queued')
  ELSE NEW.state = OLD.state
END
BEGIN SELECT RAISE(ABORT, 'a message to a webhook that was accepted or cancelled stays so, and none is sent without a claim'); END;

CREATE TRIGGER webhook_messages_kept BEFORE DELETE ON webhook_messages
BEGIN SELECT RAISE(ABORT, 'a message to a webhook is never deleted: it is sent or cancelled'); END;

-- Every try, however it ended.
CREATE TABLE webhook_attempts (
  message INTEGER NOT NULL REFERENCES webhook_messages (number),
  number INTEGER NOT NULL CHECK (number >= 1),
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'refused', 'gone', 'unavailable', 'unknown')),
  -- The status of the answer, where there was one.
  status INTEGER CHECK (status BETWEEN 100 AND 999),
  says TEXT NOT NULL,
  PRIMARY KEY (message, number),
  CHECK (finished_at >= started_at)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER webhook_attempts_unaltered BEFORE UPDATE ON webhook_attempts
BEGIN SELECT RAISE(ABORT, 'a try at telling a webhook is never altered'); END;

CREATE TRIGGER webhook_attempts_kept BEFORE DELETE ON webhook_attempts
BEGIN SELECT RAISE(ABORT, 'a try at telling a webhook is never deleted'); END;

-- What is told ---------------------------------------------------------------------------------------------------------

CREATE TRIGGER versions_told AFTER INSERT ON versions
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, due_at)
  SELECT webhook, event, NEW.sequence, NEW.id, (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence)
  FROM webhook_events WHERE event = 'version.posted';
END;

CREATE TRIGGER version_events_told AFTER INSERT ON version_events
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, due_at)
  SELECT webhook, event, NEW.sequence, NEW.version_id, (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence)
  FROM webhook_events WHERE event = 'version.' || NEW.event;
END;

CREATE TRIGGER outbox_told AFTER INSERT ON outbox
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, notice, due_at)
  SELECT webhook, event, NEW.planned, NEW.version_id, NEW.developer_id, NEW.number,
    (SELECT recorded_at FROM acts WHERE sequence = NEW.planned)
  FROM webhook_events WHERE event = 'notice.queued';
END;

-- A claim, and a claim given back untried, are no acts, and nobody is told of them.
CREATE TRIGGER outbox_state_told AFTER UPDATE OF state ON outbox
WHEN NEW.state <> OLD.state AND NEW.state <> 'transmitting'
  AND (OLD.state <> 'transmitting' OR NEW.state <> 'queued' OR NEW.attempts > OLD.attempts)
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, notice, due_at)
  SELECT webhook, event, last.sequence, NEW.version_id, NEW.developer_id, NEW.number, last.recorded_at
  FROM webhook_events, (SELECT sequence, recorded_at FROM acts ORDER BY sequence DESC LIMIT 1) AS last
  WHERE event = 'notice.' || NEW.state;
END;

CREATE TRIGGER notice_standings_told AFTER INSERT ON notice_standings
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, notice, due_at)
  SELECT webhook, event, NEW.sequence, version_id, developer_id, NEW.notice,
    (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence)
  FROM webhook_events, outbox WHERE event = 'notice.' || NEW.standing AND number = NEW.notice;
END;

CREATE TRIGGER notice_standings_changed_told AFTER UPDATE ON notice_standings
WHEN NEW.standing <> OLD.standing OR NEW.evidence IS NOT OLD.evidence
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, notice, due_at)
  SELECT webhook, event, NEW.sequence, version_id, developer_id, NEW.notice,
    (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence)
  FROM webhook_events, outbox WHERE event = 'notice.' || NEW.standing AND number = NEW.notice;
END;

-- What somebody put on record of a notice themselves: a letter by courier, a receipt from outside.
CREATE TRIGGER notice_steps_told AFTER INSERT ON notice_steps
WHEN (SELECT act FROM acts ORDER BY sequence DESC LIMIT 1) = 'notice-' || NEW.event
  -- What follows from a report, in its own transaction, was told with where the notice stands by it.
  AND NOT EXISTS (
    SELECT 1 FROM returned_mail JOIN outbox ON number = notice JOIN acts AS report USING (sequence)
    WHERE returned_mail.sequence = NEW.sequence - 1 AND NEW.channel = 'email'
      AND outbox.developer_id = NEW.developer_id AND outbox.version_id = NEW.version_id
      AND report.recorded_at = (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence))
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, due_at)
  SELECT webhook, event, NEW.sequence, NEW.version_id, NEW.developer_id,
    (SELECT recorded_at FROM acts WHERE sequence = NEW.sequence)
  FROM webhook_events WHERE event = 'notice.' || NEW.event;
END;
