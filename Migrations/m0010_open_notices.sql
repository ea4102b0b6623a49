-- Every notice that is sent passes through three states, and each index that holds it meanwhile is a page more to write before
-- the next byte may go out.

-- One index of what is still to end, for four: those that wait, by when they are due, and before them those in transmission and
-- in doubt, which are due at no time. A notice that is claimed stays on the page from which it was taken.
DROP INDEX outbox_due;
DROP INDEX outbox_transmitting;
DROP INDEX outbox_in_doubt;
DROP INDEX outbox_unknown;
-- Said by OR: each of the states alone lets the index be used then.
CREATE INDEX outbox_open ON outbox (due_at, number)
WHERE state = 'queued' OR state = 'transmitting' OR state = 'unknown';

-- The same moves as before, without lists, for each of which a table is made whenever the trigger looks.
DROP TRIGGER outbox_moves_forward;

CREATE TRIGGER outbox_moves_forward BEFORE UPDATE OF state ON outbox
WHEN NOT CASE OLD.state
  WHEN 'queued' THEN NEW.state = 'queued' OR NEW.state = 'transmitting' OR NEW.state = 'cancelled'
  WHEN 'transmitting' THEN 1
  WHEN 'unknown' THEN NEW.state <> 'transmitting'
  WHEN 'cancelled' THEN NEW.state = 'cancelled'
  ELSE NEW.state = OLD.state OR NEW.state = 'queued'
END
BEGIN SELECT RAISE(ABORT, 'a notice that was accepted, refused or cancelled stays so, and none is sent without a claim'); END;

-- The same messages as before; where nobody is told of anything, the log is not looked at.
DROP TRIGGER outbox_state_told;

CREATE TRIGGER outbox_state_told AFTER UPDATE OF state ON outbox
WHEN NEW.state <> OLD.state AND NEW.state <> 'transmitting'
  AND (OLD.state <> 'transmitting' OR NEW.state <> 'queued' OR NEW.attempts > OLD.attempts)
  AND EXISTS (SELECT 1 FROM webhook_events)
BEGIN
  INSERT INTO webhook_messages (webhook, event, sequence, version_id, developer_id, notice, due_at)
  SELECT webhook, event, last.sequence, NEW.version_id, NEW.developer_id, NEW.number, last.recorded_at
  FROM webhook_events, (SELECT sequence, recorded_at FROM acts ORDER BY sequence DESC LIMIT 1) AS last
  WHERE event = 'notice.' || NEW.state;
END;
