-- Sessions that were signed out before they ran out: their cookies open nothing any more, in whichever process of the service
-- they are shown, and after it began anew. Not evidence, as nothing else of access is.
CREATE TABLE ended_sessions (
  -- SHA-256 over the cookie, so that nobody who reads the record has one.
  cookie_sha256 BLOB PRIMARY KEY CHECK (length(cookie_sha256) = 32),
  -- From when on the cookie is good for nothing by itself, and its row is dropped.
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX ended_sessions_age ON ended_sessions (expires_at);
