-- The web service: who may use it, what it keeps for itself, and full text. None of it is evidence: it is neither in the log
-- nor rebuilt from it.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z.

-- Who may do what, until when. Of a token's secret only the hash is here.
CREATE TABLE tokens (
  token TEXT PRIMARY KEY CHECK (length(token) = 12),
  -- SHA-256 of the secret part, which has 256 random bits and so needs no salt.
  secret_sha256 BLOB NOT NULL CHECK (length(secret_sha256) = 32),
  role TEXT NOT NULL CHECK (role IN ('operator', 'sender', 'auditor') OR role GLOB 'developer:?*'),
  note TEXT,
  created_at INTEGER NOT NULL,
  created_by TEXT NOT NULL CHECK (created_by <> ''),
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER,
  CHECK (expires_at > created_at),
  CHECK (revoked_at IS NULL OR revoked_at >= created_at)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER tokens_keep_their_rights BEFORE UPDATE ON tokens
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.token <> OLD.token
  OR NEW.secret_sha256 <> OLD.secret_sha256 OR NEW.role <> OLD.role OR NEW.expires_at <> OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'a token can be revoked, once, and nothing else: create a new one'); END;

CREATE TRIGGER tokens_kept BEFORE DELETE ON tokens
BEGIN SELECT RAISE(ABORT, 'a token is never deleted: revoke it, so that who acted with it can still be told'); END;

-- Keys that the service makes for itself, such as the one that signs developers' links.
CREATE TABLE service_keys (
  purpose TEXT PRIMARY KEY CHECK (purpose <> ''),
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Answers to requests that carried an Idempotency-Key, so that a repeated one is answered again and not done again.
CREATE TABLE repeatable_answers (
  -- Who asked, then their key.
  asker TEXT NOT NULL CHECK (asker <> ''),
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  -- SHA-256 over method, path and body: the same key for another request is a mistake.
  request_sha256 BLOB NOT NULL CHECK (length(request_sha256) = 32),
  -- NULL while the first request is being answered.
  status INTEGER CHECK (status BETWEEN 200 AND 599),
  location TEXT,
  body TEXT,
  asked_at INTEGER NOT NULL,
  PRIMARY KEY (asker, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX repeatable_answers_age ON repeatable_answers (asked_at);

-- Texts on the operator's desk that may become versions.
CREATE TABLE drafts (
  number INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  text TEXT NOT NULL,
  -- The operator's classes so far: an array of objects.
  decisions TEXT NOT NULL CHECK (json_type(decisions) = 'array'),
  reason TEXT,
  summary TEXT,
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL CHECK (changed_by <> ''),
  approved_by TEXT CHECK (approved_by <> changed_by),
  -- The version that it became.
  version_id INTEGER REFERENCES versions (id)
) STRICT;

-- Full text over every version: the words of each clause, as they were posted. Made from the clauses, and from nothing else.

CREATE VIRTUAL TABLE search USING fts5 (
  heading, text, version_id UNINDEXED, position UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO search (heading, text, version_id, position)
SELECT heading, text, version_id, position FROM clauses WHERE role <> 'furniture' ORDER BY version_id, position;

CREATE TRIGGER clauses_searched AFTER INSERT ON clauses WHEN NEW.role <> 'furniture'
BEGIN
  INSERT INTO search (heading, text, version_id, position) VALUES (NEW.heading, NEW.text, NEW.version_id, NEW.position);
END;
