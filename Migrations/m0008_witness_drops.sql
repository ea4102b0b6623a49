-- What a witness said is never deleted. Where it turns out to be worth nothing, such as a time stamp that its authority never
-- made, a later act drops it: it stays on record, is shown to nobody as a witness's word, and is checked no more.

-- Evidence: which ones were dropped, and why.
CREATE TABLE witness_drops (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  witness INTEGER NOT NULL UNIQUE REFERENCES witnesses (sequence),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;

CREATE TRIGGER witness_drops_with_act BEFORE INSERT ON witness_drops
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'that a witness is dropped is recorded together with its act'); END;

CREATE TRIGGER witness_drops_unaltered BEFORE UPDATE ON witness_drops
BEGIN SELECT RAISE(ABORT, 'that a witness was dropped is never altered'); END;

CREATE TRIGGER witness_drops_kept BEFORE DELETE ON witness_drops
BEGIN SELECT RAISE(ABORT, 'that a witness was dropped is never taken back: take in what it said anew'); END;
