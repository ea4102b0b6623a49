-- A second person's agreement to classes that a document's settings ask one for: lower than the evidence, or required by law.

-- Evidence. It is bound to one text on top of one version, and to what each change was decided as: whatever of it changes, the
-- agreement no longer covers.
CREATE TABLE approvals (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  based_on INTEGER REFERENCES versions (id),
  text_sha256 BLOB NOT NULL CHECK (length(text_sha256) = 32),
  -- The changes agreed to: an array of objects.
  changes TEXT NOT NULL CHECK (json_type(changes) = 'array'),
  reason TEXT NOT NULL CHECK (trim(reason) <> '')
) STRICT;

CREATE INDEX approvals_of_text ON approvals (document_id, text_sha256);

CREATE TRIGGER approvals_with_act BEFORE INSERT ON approvals
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is recorded together with its act'); END;

CREATE TRIGGER approvals_unaltered BEFORE UPDATE ON approvals
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is never altered: agree anew instead'); END;

CREATE TRIGGER approvals_kept BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is never deleted: it covers one text only'); END;
