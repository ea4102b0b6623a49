-- The record: one log of acts, and the tables that answer questions, each of which can be rebuilt from the log.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z, dates are texts YYYY-MM-DD, hashes are 32 bytes.
-- "Evidence" below means: written once, in the act that it comes from, and never touched again.

PRAGMA application_id = 0x54454e52; -- 'TENR'
PRAGMA user_version = 1;

-- The log -------------------------------------------------------------------------------------------------------------

CREATE TABLE acts (
  sequence INTEGER PRIMARY KEY,
  recorded_at INTEGER NOT NULL,
  happened_at INTEGER NOT NULL,
  actor TEXT NOT NULL CHECK (actor <> ''),
  act TEXT NOT NULL CHECK (act <> ''),
  subject TEXT NOT NULL CHECK (subject <> ''),
  -- The canonical JSON (RFC 8785) of the whole entry, sequence, times and actor included.
  json TEXT NOT NULL CHECK (substr(json, 1, 1) = '{'),
  -- RFC 6962: SHA-256 over 0x00 and json.
  leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
  CHECK (happened_at <= recorded_at)
) STRICT;

CREATE TRIGGER acts_in_order BEFORE INSERT ON acts
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM acts)
BEGIN SELECT RAISE(ABORT, 'the log has no gaps and no second entry of one number: append after the last one'); END;

CREATE TRIGGER acts_forward_in_time BEFORE INSERT ON acts
WHEN NEW.recorded_at < (SELECT recorded_at FROM acts ORDER BY sequence DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'an act is never recorded before the one that stands before it in the log'); END;

CREATE TRIGGER acts_unaltered BEFORE UPDATE ON acts
BEGIN SELECT RAISE(ABORT, 'an act on record is never altered: record a new act instead'); END;

CREATE TRIGGER acts_kept BEFORE DELETE ON acts
BEGIN SELECT RAISE(ABORT, 'an act on record is never deleted: record a new act instead'); END;

-- Hashes of the log's complete subtrees of two entries and more, in the order in which they came into being, so that
-- proofs read a few rows and never the log. SQL cannot compute them later: SQLite has no SHA-256.
CREATE TABLE subtrees (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;

CREATE TRIGGER subtrees_in_order BEFORE INSERT ON subtrees
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM subtrees)
BEGIN SELECT RAISE(ABORT, 'hashes of the log are appended in order'); END;

CREATE TRIGGER subtrees_unaltered BEFORE UPDATE ON subtrees
BEGIN SELECT RAISE(ABORT, 'a hash of the log is never altered'); END;

CREATE TRIGGER subtrees_kept BEFORE DELETE ON subtrees
BEGIN SELECT RAISE(ABORT, 'a hash of the log is never deleted'); END;

-- Documents and versions ----------------------------------------------------------------------------------------------

CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
  added INTEGER NOT NULL UNIQUE REFERENCES acts (sequence)
) STRICT;

CREATE TRIGGER documents_with_act BEFORE INSERT ON documents
WHEN NEW.added IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a document is recorded together with the act of adding it'); END;

CREATE TRIGGER documents_unaltered BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'a document keeps its slug; its title and settings change by a new act'); END;

CREATE TRIGGER documents_kept BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'a document on record is never deleted'); END;

-- Evidence. The last row of a document holds its title and settings in force.
CREATE TABLE document_settings (
  document_id INTEGER NOT NULL REFERENCES documents (id),
  sequence INTEGER NOT NULL UNIQUE REFERENCES acts (sequence),
  title TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  PRIMARY KEY (document_id, sequence)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER document_settings_with_act BEFORE INSERT ON document_settings
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'settings are recorded together with the act that sets them'); END;

CREATE TRIGGER document_settings_unaltered BEFORE UPDATE ON document_settings
BEGIN SELECT RAISE(ABORT, 'settings on record are never altered: record new ones instead'); END;

CREATE TRIGGER document_settings_kept BEFORE DELETE ON document_settings
BEGIN SELECT RAISE(ABORT, 'settings on record are never deleted: record new ones instead'); END;

-- Evidence: the postings.
CREATE TABLE versions (
  id INTEGER PRIMARY KEY,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  ordinal INTEGER NOT NULL,
  label TEXT NOT NULL CHECK (label <> ''),
  based_on INTEGER UNIQUE REFERENCES versions (id),
  sequence INTEGER NOT NULL UNIQUE REFERENCES acts (sequence),
  posted_at INTEGER NOT NULL,
  text_sha256 BLOB NOT NULL CHECK (length(text_sha256) = 32),
  summary TEXT,
  title TEXT,
  UNIQUE (document_id, ordinal),
  UNIQUE (document_id, label),
  CHECK (ordinal >= 1),
  CHECK ((ordinal = 1) = (based_on IS NULL))
) STRICT;

CREATE TRIGGER versions_with_act BEFORE INSERT ON versions
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a version is recorded together with the act of posting it'); END;

CREATE TRIGGER versions_follow_the_latest BEFORE INSERT ON versions
WHEN NEW.based_on IS NOT (
  SELECT id FROM versions WHERE document_id = NEW.document_id ORDER BY ordinal DESC LIMIT 1)
BEGIN SELECT RAISE(ABORT, 'a version follows the latest one of its document: compare it with that one and post again'); END;

CREATE TRIGGER versions_forward_in_time BEFORE INSERT ON versions
WHEN NEW.posted_at < (SELECT posted_at FROM versions WHERE id = NEW.based_on)
BEGIN SELECT RAISE(ABORT, 'a version is never posted before the one that it follows'); END;

CREATE TRIGGER versions_unaltered BEFORE UPDATE ON versions
BEGIN SELECT RAISE(ABORT, 'a posted version is never altered: post a new version instead'); END;

CREATE TRIGGER versions_kept BEFORE DELETE ON versions
BEGIN SELECT RAISE(ABORT, 'a posted version is never deleted: withdraw it instead'); END;

-- Evidence: the words of each version, clause by clause; the sources joined give the posted text byte for byte.
CREATE TABLE clauses (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  position INTEGER NOT NULL CHECK (position >= 0),
  lineage INTEGER NOT NULL CHECK (lineage >= 1),
  -- The label's path as a JSON array of strings.
  label TEXT NOT NULL CHECK (json_type(label) = 'array'),
  paragraph INTEGER NOT NULL CHECK (paragraph >= 1),
  heading TEXT,
  text TEXT NOT NULL,
  source TEXT NOT NULL,
  parent INTEGER CHECK (parent >= 0 AND parent < position),
  role TEXT NOT NULL CHECK (role IN ('provision', 'preamble', 'furniture')),
  UNIQUE (version_id, position),
  UNIQUE (version_id, lineage)
) STRICT;

CREATE TRIGGER clauses_with_act BEFORE INSERT ON clauses
WHEN (SELECT max(sequence) FROM acts) IS NOT (SELECT sequence FROM versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'clauses are recorded together with the act of posting their version'); END;

CREATE TRIGGER clauses_unaltered BEFORE UPDATE ON clauses
BEGIN SELECT RAISE(ABORT, 'the words of a posted version are never altered: post a new version instead'); END;

CREATE TRIGGER clauses_kept BEFORE DELETE ON clauses
BEGIN SELECT RAISE(ABORT, 'the words of a posted version are never deleted'); END;

-- Evidence: what each version changed, as proposed and as decided.
CREATE TABLE changes (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  kind TEXT NOT NULL CHECK (kind IN (
    'inserted', 'deleted', 'modified', 'moved', 'renumbered', 'split', 'merged', 'renamed-term', 'formatting')),
  label TEXT NOT NULL CHECK (json_type(label) = 'array'),
  heading TEXT,
  -- JSON arrays of lineage numbers.
  lineages_before TEXT NOT NULL CHECK (json_type(lineages_before) = 'array'),
  lineages_after TEXT NOT NULL CHECK (json_type(lineages_after) = 'array'),
  edits TEXT NOT NULL CHECK (json_type(edits) = 'array'),
  proposed TEXT NOT NULL CHECK (proposed IN ('other', 'legal-required', 'material')),
  grounds TEXT NOT NULL CHECK (json_type(grounds) = 'array'),
  decided TEXT NOT NULL CHECK (decided IN ('other', 'legal-required', 'material')),
  legal_basis TEXT,
  reason TEXT,
  UNIQUE (version_id, number),
  CHECK ((decided = 'legal-required') = (legal_basis IS NOT NULL))
) STRICT;

CREATE TRIGGER changes_with_act BEFORE INSERT ON changes
WHEN (SELECT max(sequence) FROM acts) IS NOT (SELECT sequence FROM versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'changes are recorded together with the act of posting their version'); END;

CREATE TRIGGER changes_unaltered BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'a decided change is never altered: reclassify it by a new act'); END;

CREATE TRIGGER changes_kept BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'a decided change is never deleted'); END;

-- Evidence: what happened to a version after it was posted.
CREATE TABLE version_events (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  sequence INTEGER NOT NULL UNIQUE REFERENCES acts (sequence),
  event TEXT NOT NULL CHECK (event IN ('withdrawn', 'postponed', 'reclassified')),
  postponed_until TEXT CHECK (postponed_until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  change INTEGER,
  class TEXT CHECK (class IN ('other', 'legal-required', 'material')),
  legal_basis TEXT,
  reason TEXT NOT NULL,
  PRIMARY KEY (version_id, sequence),
  FOREIGN KEY (version_id, change) REFERENCES changes (version_id, number),
  CHECK ((event = 'postponed') = (postponed_until IS NOT NULL)),
  CHECK ((event = 'reclassified') = (change IS NOT NULL)),
  CHECK ((event = 'reclassified') = (class IS NOT NULL)),
  CHECK ((class IS 'legal-required') = (legal_basis IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER version_events_with_act BEFORE INSERT ON version_events
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what happens to a version is recorded together with its act'); END;

CREATE TRIGGER version_events_unaltered BEFORE UPDATE ON version_events
BEGIN SELECT RAISE(ABORT, 'what happened to a version is never altered: record a new act instead'); END;

CREATE TRIGGER version_events_kept BEFORE DELETE ON version_events
BEGIN SELECT RAISE(ABORT, 'what happened to a version is never deleted: record a new act instead'); END;

-- Developers ----------------------------------------------------------------------------------------------------------

CREATE TABLE developers (
  id INTEGER PRIMARY KEY,
  developer TEXT NOT NULL UNIQUE CHECK (developer <> ''),
  added INTEGER NOT NULL UNIQUE REFERENCES acts (sequence),
  -- As of now; developer_facts says since when.
  region TEXT NOT NULL CHECK (region <> ''),
  has_address INTEGER NOT NULL CHECK (has_address IN (0, 1)),
  erased INTEGER REFERENCES acts (sequence),
  CHECK (erased IS NULL OR has_address = 0)
) STRICT;

CREATE TRIGGER developers_with_act BEFORE INSERT ON developers
WHEN NEW.added IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a developer is recorded together with the act of registering them'); END;

CREATE TRIGGER developers_keep_their_name BEFORE UPDATE OF id, developer, added ON developers
BEGIN SELECT RAISE(ABORT, 'a developer keeps the identifier under which they were registered'); END;

CREATE TRIGGER developers_stay_erased BEFORE UPDATE ON developers
WHEN OLD.erased IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'nothing of an erased developer changes any more'); END;

CREATE TRIGGER developers_kept BEFORE DELETE ON developers
BEGIN SELECT RAISE(ABORT, 'a developer is never deleted: what is personal can be erased, what happened stays'); END;

-- Evidence: where developers are and whether they had an address, by dated acts.
CREATE TABLE developer_facts (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  fact TEXT NOT NULL CHECK (fact IN ('added', 'moved', 'address', 'erased')),
  region TEXT,
  has_address INTEGER CHECK (has_address IN (0, 1)),
  -- SHA-256 over the salt and the personal data.
  commitment BLOB CHECK (length(commitment) = 32),
  PRIMARY KEY (developer_id, sequence),
  CHECK ((fact IN ('added', 'moved')) = (region IS NOT NULL)),
  CHECK ((fact IN ('added', 'address', 'erased')) = (has_address IS NOT NULL)),
  CHECK ((fact IN ('added', 'address')) = (commitment IS NOT NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER developer_facts_with_act BEFORE INSERT ON developer_facts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is recorded together with its act'); END;

CREATE TRIGGER developer_facts_unaltered BEFORE UPDATE ON developer_facts
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is never altered: record a new act instead'); END;

CREATE TRIGGER developer_facts_kept BEFORE DELETE ON developer_facts
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is never deleted: record a new act instead'); END;

-- What is personal, and nothing else: no evidence, replaced when it changes, deleted when it is erased. The log binds
-- it by the commitment in developer_facts.
CREATE TABLE people (
  developer_id INTEGER PRIMARY KEY REFERENCES developers (id),
  name TEXT,
  email TEXT,
  salt TEXT NOT NULL CHECK (length(salt) = 64)
) STRICT;

-- Agreements ----------------------------------------------------------------------------------------------------------

-- Evidence: the life of each agreement.
CREATE TABLE agreement_acts (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  act TEXT NOT NULL CHECK (act IN (
    'connector-added', 'connector-removed', 'agreed', 'version-accepted', 'version-declined', 'opted-out', 'terminated')),
  connector TEXT,
  version_id INTEGER REFERENCES versions (id),
  clauses TEXT,
  party TEXT CHECK (party IN ('developer', 'platform')),
  immediate INTEGER CHECK (immediate IN (0, 1)),
  reason TEXT,
  PRIMARY KEY (developer_id, document_id, sequence),
  CHECK ((act IN ('connector-added', 'connector-removed')) = (connector IS NOT NULL)),
  CHECK ((act IN ('version-accepted', 'version-declined', 'opted-out')) = (version_id IS NOT NULL)),
  CHECK ((act = 'opted-out') = (clauses IS NOT NULL)),
  CHECK ((act = 'terminated') = (party IS NOT NULL)),
  CHECK ((act = 'terminated') = (immediate IS NOT NULL)),
  CHECK (act = 'terminated' OR reason IS NULL)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER agreement_acts_with_act BEFORE INSERT ON agreement_acts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is recorded together with its entry in the log'); END;

CREATE TRIGGER agreement_acts_unaltered BEFORE UPDATE ON agreement_acts
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is never altered: record a new act instead'); END;

CREATE TRIGGER agreement_acts_kept BEFORE DELETE ON agreement_acts
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is never deleted: record a new act instead'); END;

-- The connectors that are available now.
CREATE TABLE connectors (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  connector TEXT NOT NULL CHECK (connector <> ''),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  added INTEGER NOT NULL REFERENCES acts (sequence),
  PRIMARY KEY (developer_id, connector)
) STRICT, WITHOUT ROWID;

-- Who is bound to what now, in the order in which publishing plans its notices.
CREATE TABLE bound (
  document_id INTEGER NOT NULL REFERENCES documents (id),
  has_address INTEGER NOT NULL CHECK (has_address IN (0, 1)),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  -- Whether they agreed expressly, and so are bound without any connector.
  agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
  -- The first moment at which an agreement that is ending binds no more; NULL while nothing ends it.
  ends_at INTEGER,
  PRIMARY KEY (document_id, has_address, developer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX bound_ending ON bound (document_id, ends_at, has_address) WHERE ends_at IS NOT NULL;

-- How many rows `bound` has, so that nobody counts ten million of them.
CREATE TABLE audiences (
  document_id INTEGER NOT NULL REFERENCES documents (id),
  has_address INTEGER NOT NULL CHECK (has_address IN (0, 1)),
  developers INTEGER NOT NULL CHECK (developers >= 0),
  PRIMARY KEY (document_id, has_address)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER documents_have_an_audience AFTER INSERT ON documents
BEGIN INSERT INTO audiences VALUES (NEW.id, 0, 0), (NEW.id, 1, 0); END;

CREATE TRIGGER bound_counted_in AFTER INSERT ON bound
BEGIN
  UPDATE audiences SET developers = developers + 1 WHERE document_id = NEW.document_id AND has_address = NEW.has_address;
END;

CREATE TRIGGER bound_counted_out AFTER DELETE ON bound
BEGIN
  UPDATE audiences SET developers = developers - 1 WHERE document_id = OLD.document_id AND has_address = OLD.has_address;
END;

CREATE TRIGGER bound_counted_over AFTER UPDATE OF document_id, has_address ON bound
BEGIN
  UPDATE audiences SET developers = developers - 1 WHERE document_id = OLD.document_id AND has_address = OLD.has_address;
  UPDATE audiences SET developers = developers + 1 WHERE document_id = NEW.document_id AND has_address = NEW.has_address;
END;

-- Notices -------------------------------------------------------------------------------------------------------------

-- Evidence: what is known of each notice.
CREATE TABLE notice_steps (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  version_id INTEGER NOT NULL REFERENCES versions (id),
  channel TEXT NOT NULL CHECK (channel IN ('email', 'courier', 'posting')),
  event TEXT NOT NULL CHECK (event IN ('sent', 'received', 'failed')),
  evidence INTEGER CHECK (evidence BETWEEN 0 AND 5),
  -- Who witnessed the receipt, or why the notice failed.
  detail TEXT,
  message_id TEXT,
  message_sha256 TEXT,
  PRIMARY KEY (developer_id, document_id, sequence),
  CHECK ((event = 'received') = (evidence IS NOT NULL)),
  CHECK ((event = 'sent') = (detail IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER notice_steps_with_act BEFORE INSERT ON notice_steps
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is recorded together with its act'); END;

CREATE TRIGGER notice_steps_unaltered BEFORE UPDATE ON notice_steps
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is never altered: record a new fact instead'); END;

CREATE TRIGGER notice_steps_kept BEFORE DELETE ON notice_steps
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is never deleted: record a new fact instead'); END;

-- The queue of notices by e-mail: one for each developer whom a posting found bound, with an address.
CREATE TABLE outbox (
  number INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES versions (id),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  planned INTEGER NOT NULL REFERENCES acts (sequence),
  state TEXT NOT NULL CHECK (state IN ('queued', 'transmitting', 'accepted', 'refused', 'unknown', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at INTEGER,
  claimed_at INTEGER,
  UNIQUE (version_id, developer_id),
  CHECK ((state = 'queued') = (due_at IS NOT NULL)),
  CHECK ((state = 'transmitting') = (claimed_at IS NOT NULL))
) STRICT;

CREATE INDEX outbox_due ON outbox (due_at, number) WHERE state = 'queued';
-- Rows in transmission are few: what a dead run left behind is found without looking through the queue.
CREATE INDEX outbox_transmitting ON outbox (number) WHERE state = 'transmitting';

CREATE TRIGGER outbox_with_act BEFORE INSERT ON outbox
WHEN NEW.planned IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a notice is planned together with the act of posting its version'); END;

CREATE TRIGGER outbox_keeps_its_plan BEFORE UPDATE OF number, version_id, developer_id, planned ON outbox
BEGIN SELECT RAISE(ABORT, 'a planned notice keeps its version and its developer'); END;

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

-- How many notices of a version are in each state.
CREATE TABLE outbox_counts (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  state TEXT NOT NULL,
  notices INTEGER NOT NULL CHECK (notices >= 0),
  PRIMARY KEY (version_id, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER versions_have_an_outbox AFTER INSERT ON versions
BEGIN
  INSERT INTO outbox_counts VALUES
    (NEW.id, 'queued', 0), (NEW.id, 'transmitting', 0), (NEW.id, 'accepted', 0), (NEW.id, 'refused', 0),
    (NEW.id, 'unknown', 0), (NEW.id, 'cancelled', 0);
END;

CREATE TRIGGER outbox_counted_in AFTER INSERT ON outbox
BEGIN
  UPDATE outbox_counts SET notices = notices + 1 WHERE version_id = NEW.version_id AND state = NEW.state;
END;

CREATE TRIGGER outbox_counted_over AFTER UPDATE OF state ON outbox
WHEN NEW.state <> OLD.state
BEGIN
  UPDATE outbox_counts SET notices = notices - 1 WHERE version_id = OLD.version_id AND state = OLD.state;
  UPDATE outbox_counts SET notices = notices + 1 WHERE version_id = NEW.version_id AND state = NEW.state;
END;

-- Evidence: every try at handing over a notice.
CREATE TABLE attempts (
  notice INTEGER NOT NULL REFERENCES outbox (number),
  number INTEGER NOT NULL CHECK (number >= 1),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'unavailable', 'unknown')),
  reply TEXT NOT NULL,
  message_sha256 TEXT,
  PRIMARY KEY (notice, number)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER attempts_with_act BEFORE INSERT ON attempts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an attempt is recorded together with its act'); END;

CREATE TRIGGER attempts_unaltered BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never altered: record a new one instead'); END;

CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;
