-- What mail systems said of tries that they did not accept, in full. The log has of it the codes and the words that mail systems
-- use of anybody; the rest may name people, and so stands apart, bound to the act of the try by a salted hash.

-- Evidence: the hash. SHA-256 over the salt as written and {"reply":…} in canonical JSON.
ALTER TABLE attempts ADD COLUMN reply_commitment BLOB CHECK (length(reply_commitment) = 32);

-- The words: no evidence by themselves; erased with the developer's name and address.
CREATE TABLE attempt_replies (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  words TEXT NOT NULL CHECK (words <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 64)
) STRICT;

CREATE INDEX attempt_replies_by_developer ON attempt_replies (developer_id);

CREATE TRIGGER attempt_replies_with_act BEFORE INSERT ON attempt_replies
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what was said of a try is kept together with its act'); END;

CREATE TRIGGER attempt_replies_unaltered BEFORE UPDATE ON attempt_replies
BEGIN SELECT RAISE(ABORT, 'what was said of a try is never altered'); END;

CREATE TRIGGER attempt_replies_kept BEFORE DELETE ON attempt_replies
WHEN EXISTS (SELECT 1 FROM developers WHERE id = OLD.developer_id AND erased IS NULL)
BEGIN SELECT RAISE(ABORT, 'what was said of a try goes only with the name and address of the developer'); END;
