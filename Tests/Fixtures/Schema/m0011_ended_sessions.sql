PRAGMA application_id = 1413828178;
PRAGMA user_version = 1;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO "grdb_migrations" VALUES ('m0001_record');
INSERT INTO "grdb_migrations" VALUES ('m0002_superseding');
INSERT INTO "grdb_migrations" VALUES ('m0003_delivery_reports');
INSERT INTO "grdb_migrations" VALUES ('m0004_web');
INSERT INTO "grdb_migrations" VALUES ('m0005_approvals');
INSERT INTO "grdb_migrations" VALUES ('m0006_evidence');
INSERT INTO "grdb_migrations" VALUES ('m0007_webhooks');
INSERT INTO "grdb_migrations" VALUES ('m0008_witness_drops');
INSERT INTO "grdb_migrations" VALUES ('m0009_attempt_replies');
INSERT INTO "grdb_migrations" VALUES ('m0010_open_notices');
INSERT INTO "grdb_migrations" VALUES ('m0011_ended_sessions');
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
INSERT INTO "acts" VALUES (1,1765994400000,1765994400000,'maria','document-added','connector-terms','{"act":"document-added","actor":"maria","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T18:00:00Z","sequence":1,"settings":{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":30,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"},"title":"Connector terms"}',X'431AF2AB340290CAD7008A2BD0D1A1C6FA34C8CD731C6B619F2F18F8847F3062');
INSERT INTO "acts" VALUES (2,1765994400000,1765994400000,'maria','version-posted','connector-terms@2025-12-17','{"act":"version-posted","actor":"maria","changes":[],"clauses":[{"heading":"Terms","label":[],"lineage":1,"paragraph":1,"role":"preamble","source":"# Terms\n\n","text":""},{"label":["1"],"lineage":2,"paragraph":1,"parent":0,"role":"provision","source":"1. You may connect.\n","text":"You may connect."}],"document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T18:00:00Z","sequence":2,"sha256":"8a32a9e2903678b66a53c50ffcf3c3e52d3270f6214d0f27918423742ec808d6","summary":"What it is about.","title":"Terms","version":"2025-12-17"}',X'1830F288776729084082752C6AF4690DE32ADB43C069CD874D99389652A1F206');
INSERT INTO "acts" VALUES (3,1765994400000,1765994400000,'maria','developer-added','dev-1','{"act":"developer-added","actor":"maria","commitment":"fcbc31ac784f168f29a5bb4e79184d8fe1b4f64ab09133fbc9ac89e2fa5633aa","developer":"dev-1","happenedAt":"2025-12-17T18:00:00Z","hasAddress":true,"recordedAt":"2025-12-17T18:00:00Z","region":"US","sequence":3}',X'FCC7B90B419CE8D07D7EBDD20F0B57DA6A64F4D407396E363DB9F2CD6A084657');
INSERT INTO "acts" VALUES (4,1765994400000,1765994400000,'maria','connector-added','dev-1/connector-terms','{"act":"connector-added","actor":"maria","connector":"weather","developer":"dev-1","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T18:00:00Z","sequence":4}',X'3662DD4191608064C603D8AD2D255D70123EBBB60418B7BE0B0717C4D9480ED6');
INSERT INTO "acts" VALUES (5,1765994400000,1765994400000,'maria','developer-added','dev-2','{"act":"developer-added","actor":"maria","commitment":"1987c9cffb85b948723840b201a2c290be416712d46df5e6c24c6ca6ee268233","developer":"dev-2","happenedAt":"2025-12-17T18:00:00Z","hasAddress":true,"recordedAt":"2025-12-17T18:00:00Z","region":"US","sequence":5}',X'359DADC14C536C9AF4841B7D4C9B0D4B67D429767385E3960CC9465145F18096');
INSERT INTO "acts" VALUES (6,1765994400000,1765994400000,'maria','connector-added','dev-2/connector-terms','{"act":"connector-added","actor":"maria","connector":"weather","developer":"dev-2","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T18:00:00Z","sequence":6}',X'3E3F831ADC5772A675E19C97740DEE4AFB0F2CADE889BFA20B6D8A28A6A77D47');
INSERT INTO "acts" VALUES (7,1765994400000,1765994400000,'maria','developer-added','dev-3','{"act":"developer-added","actor":"maria","commitment":"069f27c77b02fdf442c5284b60fc4add832fc29b5f7c1634ce23c808382d7bd0","developer":"dev-3","happenedAt":"2025-12-17T18:00:00Z","hasAddress":false,"recordedAt":"2025-12-17T18:00:00Z","region":"US","sequence":7}',X'0B42EF93353B855FEC442C9F74AAEEC99B82208A0EC8E7BF0BDD3B6FFD9A4B1D');
INSERT INTO "acts" VALUES (8,1765994400000,1765994400000,'maria','connector-added','dev-3/connector-terms','{"act":"connector-added","actor":"maria","connector":"weather","developer":"dev-3","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T18:00:00Z","sequence":8}',X'C17301E0039B9EE00CB12CBFC6DE7F74AF7D7338EE5C240C331C69EAE753809D');
INSERT INTO "acts" VALUES (9,1765998000000,1765994400000,'maria','document-added','service-terms','{"act":"document-added","actor":"maria","document":"service-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":9,"settings":{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":30,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"},"title":"Connector terms"}',X'E0CC9106F6E365EEA3F22FCF4044B42BF1AA310277C14F3025812478E17D7162');
INSERT INTO "acts" VALUES (10,1765998000000,1765994400000,'maria','document-changed','connector-terms','{"act":"document-changed","actor":"maria","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":10,"settings":{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":20,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"},"title":"Connector terms"}',X'80769C17DAAB16FDA9C91584E15E9A6EC4C5C4F96F65DA0DE257BACB4B583F2A');
INSERT INTO "acts" VALUES (11,1765998000000,1765994400000,'maria','developer-added','dev-4','{"act":"developer-added","actor":"maria","commitment":"aff82be17e41acc27e1c5acbc35b56de75e8f31d2a73defc4958039f630b6aa7","developer":"dev-4","happenedAt":"2025-12-17T18:00:00Z","hasAddress":true,"recordedAt":"2025-12-17T19:00:00Z","region":"US","sequence":11}',X'8FC86E0C0D800212EF044AEC54C41DA900199B5099CFD7E1AD192A311EA9F8FE');
INSERT INTO "acts" VALUES (12,1765998000000,1765994400000,'maria','agreed','dev-4/connector-terms','{"act":"agreed","actor":"maria","developer":"dev-4","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":12}',X'E1C688A372EB0F9785BEC4198197E18BEBF6CA5072D2F1DDE7A66015B4AC19F8');
INSERT INTO "acts" VALUES (13,1765998000000,1765994400000,'maria','version-accepted','dev-1/connector-terms','{"act":"version-accepted","actor":"maria","developer":"dev-1","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":13,"version":"2025-12-17"}',X'F016A559F8D729E11E73E934FCCD40CB814692EA166F5D97BA7EC41712A00E46');
INSERT INTO "acts" VALUES (14,1765998000000,1765994400000,'maria','opted-out','dev-1/connector-terms','{"act":"opted-out","actor":"maria","clauses":"1","developer":"dev-1","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":14,"version":"2025-12-17"}',X'9607F9FEDDEB93EF9C7A0F9B992411A9988074EE9308A3B5A9686D4148BA34C6');
INSERT INTO "acts" VALUES (15,1765998000000,1765994400000,'maria','version-posted','connector-terms@2025-12-18','{"act":"version-posted","actor":"maria","basedOn":"2025-12-17","changes":[{"after":[2],"before":[2],"decided":"legal-required","edits":[{"op":"equal","text":"You may "},{"op":"delete","text":"connect."},{"op":"insert","text":"“go” — now."}],"kind":"modified","label":["1"],"legalBasis":"Regulation (EU) 2024/1, article 2","number":1,"proposed":{"class":"material","grounds":[{"evidence":"15 days → 10 days","rule":"number-changed"}]},"reason":"the law says so"},{"after":[1],"before":[1],"decided":"other","edits":[],"heading":"Terms","kind":"renamed-term","label":[],"number":2,"proposed":{"class":"other","grounds":[]}}],"clauses":[{"heading":"Terms","label":[],"lineage":1,"paragraph":1,"role":"preamble","source":"# Terms\n\n","text":""},{"label":["1"],"lineage":2,"paragraph":1,"parent":0,"role":"provision","source":"1. You may go.\n","text":"You may go."}],"document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":15,"sha256":"599f9f58e629f083e3f73d4d8d29ac34714e63b2472c1268aff42c7154425a90","summary":"What it is about.","title":"Terms","version":"2025-12-18"}',X'9A053E81BDCE9B8F85C339DD50994EA69311242458A0B0EB18E414AB96FA48B0');
INSERT INTO "acts" VALUES (16,1765998000000,1765994400000,'maria','change-reclassified','connector-terms@2025-12-18','{"act":"change-reclassified","actor":"maria","change":2,"class":"material","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","reason":"it matters","recordedAt":"2025-12-17T19:00:00Z","sequence":16,"version":"2025-12-18"}',X'13939152D50D03EC601A041AAC41C18783FFD4AE09856EF6A81DEE466B3F9D58');
INSERT INTO "acts" VALUES (17,1765998000000,1765994400000,'maria','version-postponed','connector-terms@2025-12-18','{"act":"version-postponed","actor":"maria","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","reason":"more time","recordedAt":"2025-12-17T19:00:00Z","sequence":17,"until":"2026-03-01","version":"2025-12-18"}',X'E693467B4B9F62AF5104E08DEC827B991ABBA5C0BC10C02AF0F2F9F1F94D095C');
INSERT INTO "acts" VALUES (18,1765998000000,1765994400000,'maria','developer-moved','dev-2','{"act":"developer-moved","actor":"maria","developer":"dev-2","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","region":"CH","sequence":18}',X'8F77F81DBF35FF11961DFC4AC5590C3159F7EF439064AE6FB4FF455DCB9131DF');
INSERT INTO "acts" VALUES (19,1765998000000,1765994400000,'maria','address-changed','dev-1','{"act":"address-changed","actor":"maria","commitment":"ca340a3c14e2e7466e2005a936d447d2c671238df535f7b69d2f6e0c8b140854","developer":"dev-1","happenedAt":"2025-12-17T18:00:00Z","hasAddress":true,"recordedAt":"2025-12-17T19:00:00Z","sequence":19}',X'93C9962F5257AB2BEFF67B5C767C72A0572CFCBCAE6712B1519484A630088FE0');
INSERT INTO "acts" VALUES (20,1765998000000,1765994400000,'maria','connector-removed','dev-3/connector-terms','{"act":"connector-removed","actor":"maria","connector":"weather","developer":"dev-3","document":"connector-terms","happenedAt":"2025-12-17T18:00:00Z","recordedAt":"2025-12-17T19:00:00Z","sequence":20}',X'89192C1C217A757B1C960CEA30660A5B7378494296F42107E1286279AE26A12C');
INSERT INTO "acts" VALUES (21,1766001600000,1766001600000,'cron','notice-attempted','dev-1/connector-terms','{"act":"notice-attempted","actor":"cron","attempt":1,"developer":"dev-1","document":"connector-terms","happenedAt":"2025-12-17T20:00:00Z","messageSha256":"abababababababababababababababababababababababababababababababab","notice":1,"outcome":"accepted","recordedAt":"2025-12-17T20:00:00Z","reply":"mx.example","sequence":21,"startedAt":"2025-12-17T20:00:00Z","version":"2025-12-18"}',X'4BBC1D92A94323FFCFAB2C5551157E279D0E00368AA72CD766C2F53A4D6A254E');
INSERT INTO "acts" VALUES (22,1766001600000,1766001600000,'cron','notice-attempted','dev-2/connector-terms','{"act":"notice-attempted","actor":"cron","attempt":1,"developer":"dev-2","document":"connector-terms","happenedAt":"2025-12-17T20:00:00Z","messageSha256":"abababababababababababababababababababababababababababababababab","notice":2,"outcome":"unavailable","recordedAt":"2025-12-17T20:00:00Z","reply":"421 later","sequence":22,"startedAt":"2025-12-17T20:00:00Z","version":"2025-12-18"}',X'ED4DB15BA1A2A4B63EA287E3BB46EED37CEAABC9A6264C22536644EA3BD59606');
INSERT INTO "acts" VALUES (23,1766001600000,1766001600000,'cron','notice-attempted','dev-4/connector-terms','{"act":"notice-attempted","actor":"cron","attempt":1,"developer":"dev-4","document":"connector-terms","happenedAt":"2025-12-17T20:00:00Z","messageSha256":"abababababababababababababababababababababababababababababababab","notice":3,"outcome":"rejected","recordedAt":"2025-12-17T20:00:00Z","reply":"550 no","sequence":23,"startedAt":"2025-12-17T20:00:00Z","version":"2025-12-18"}',X'1A0485AFBEA08068203C5D26651FCEF07ABA4881DEEC2860B2409C854F519FBE');
INSERT INTO "acts" VALUES (24,1766008800000,1766005200000,'maria','notice-received','dev-1/connector-terms','{"act":"notice-received","actor":"maria","by":"courier","channel":"courier","developer":"dev-1","document":"connector-terms","evidence":3,"happenedAt":"2025-12-17T21:00:00Z","recordedAt":"2025-12-17T22:00:00Z","sequence":24,"version":"2025-12-18"}',X'4EC86EF336D4EB2FD2FF41E4ABEA248FA6037E54DEEFC52FE6975AC4F26D887D');
INSERT INTO "acts" VALUES (25,1766008800000,1766005200000,'maria','terminated','dev-2/connector-terms','{"act":"terminated","actor":"maria","by":"developer","developer":"dev-2","document":"connector-terms","happenedAt":"2025-12-17T21:00:00Z","immediate":false,"reason":"moved on","recordedAt":"2025-12-17T22:00:00Z","sequence":25}',X'27F6E66359E82FA4F2CC01A17C96997D0E623F74058E737FA43B5767F1997CFF');
INSERT INTO "acts" VALUES (26,1766008800000,1766005200000,'maria','developer-erased','dev-4','{"act":"developer-erased","actor":"maria","developer":"dev-4","happenedAt":"2025-12-17T21:00:00Z","recordedAt":"2025-12-17T22:00:00Z","sequence":26}',X'52221C0BB298756A1E5F785B06D4DD810D0541A15605B17C63EC7B4C6EAC992B');
INSERT INTO "acts" VALUES (27,1766008800000,1766005200000,'maria','version-withdrawn','connector-terms@2025-12-18','{"act":"version-withdrawn","actor":"maria","document":"connector-terms","happenedAt":"2025-12-17T21:00:00Z","reason":"a mistake","recordedAt":"2025-12-17T22:00:00Z","sequence":27,"version":"2025-12-18"}',X'C30FDFD925DCD935EA89016279AA64546F5C1623D27CDDF84DA3D728DD707213');
CREATE TABLE subtrees (
  number INTEGER PRIMARY KEY CHECK (number > 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
INSERT INTO "subtrees" VALUES (1,X'403FE14ECC7AEA40334D1F5692A07BF493E2419FBFBF6916C0681688AA61E7D3');
INSERT INTO "subtrees" VALUES (2,X'760DAB34F470FF8EACFB4F02196BEDAAF89CC6CECBCFB5C62DF390A27E305F1E');
INSERT INTO "subtrees" VALUES (3,X'5830F160E87DAA11822B22621C3A24C06606EF14437DE45B8C7391EF49BA837D');
INSERT INTO "subtrees" VALUES (4,X'08CAD917143D74F04A4F65039D337C5790194DB2C1E915A47C4F0F9AFB21787E');
INSERT INTO "subtrees" VALUES (5,X'4DEA4864B2FEE1B46AD31387D2C1610B6AC101FE271D6302541A6EB6E5530BF1');
INSERT INTO "subtrees" VALUES (6,X'81054F1951F4E1DDCE2DF5F36159AC7D6B6266547D1D55B1BB83CA642F36EC31');
INSERT INTO "subtrees" VALUES (7,X'FC777B9FE66E123843DEC46846C697037FA8CA5F80A244D7D4A6BF66F8765C87');
INSERT INTO "subtrees" VALUES (8,X'E396F2304D0037225D3ECE28EF6F6524F07660332B7E4D06946D6212DBB6C62C');
INSERT INTO "subtrees" VALUES (9,X'C07D3D30A069E689A14A3D2B689FF6783522C5A3626CB2035B748268EB050B33');
INSERT INTO "subtrees" VALUES (10,X'ED5649D1AE93C00A3001F614EAFE87994D97BC96A6CB4284B24F8F4DC74BDA3A');
INSERT INTO "subtrees" VALUES (11,X'9205BA9561610E1552C9F6F871DAD24444E1BCF373D9EB35053693FEE3BC6A2C');
INSERT INTO "subtrees" VALUES (12,X'EE89426962232165A495531386C08D0C429EE059A3528FAFDBD884827A834F9C');
INSERT INTO "subtrees" VALUES (13,X'2D6D067947848C80592171012759FEF0B3B65054719470FF6218600BCB4018EA');
INSERT INTO "subtrees" VALUES (14,X'39A3E79CC9D2651A6EBC3CE84CF31C86C200EECAAF21F7A01E4CEC10CA730678');
INSERT INTO "subtrees" VALUES (15,X'8828D99BC28360C21E81126D0EFB9B9BC92F1243D293567AC207C97A0D8694B1');
INSERT INTO "subtrees" VALUES (16,X'401821DF176F607B7A939CA62F04334D73D724386B4CA59C5C48ACF06B80B733');
INSERT INTO "subtrees" VALUES (17,X'09216E25A8545BA7BB839288AF5A6F42606C0181AC18A895CC016B9A97D574FF');
INSERT INTO "subtrees" VALUES (18,X'B7126C27906001C913AEC8D6AA474711DCEEAB972B6CBEC797FB02E301B2212C');
INSERT INTO "subtrees" VALUES (19,X'CE907A73DA58214DF9951EBD60B1F41F22E9AF8B54917898E1262D20735B2E9A');
INSERT INTO "subtrees" VALUES (20,X'9CCD4800E13F9B3F521406C1F95C4CAB452C9BE5223113A8BF3F677DD6C38B6D');
INSERT INTO "subtrees" VALUES (21,X'A25CABFBBE8F18DBD845610037EF56F7C614AFFD39BFF3039ACF100F1FD1B982');
INSERT INTO "subtrees" VALUES (22,X'A48EDD79B37888A2FDD13A3245FEA556BF1510FFC2A5B9F6BDDA37932BC5797F');
INSERT INTO "subtrees" VALUES (23,X'0E3CA04FC6EE54886BD0098DB23103485A1561247D7462D73A934D9F5E35F8CB');
CREATE TABLE documents (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE CHECK (slug <> ''),
  added INTEGER NOT NULL UNIQUE REFERENCES acts (sequence)
) STRICT;
INSERT INTO "documents" VALUES (1,'connector-terms',1);
INSERT INTO "documents" VALUES (2,'service-terms',9);
CREATE TABLE document_settings (
  document_id INTEGER NOT NULL REFERENCES documents (id),
  sequence INTEGER NOT NULL UNIQUE REFERENCES acts (sequence),
  title TEXT NOT NULL,
  settings TEXT NOT NULL CHECK (json_valid(settings)),
  PRIMARY KEY (document_id, sequence)
) STRICT, WITHOUT ROWID;
INSERT INTO "document_settings" VALUES (1,1,'Connector terms','{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":30,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"}');
INSERT INTO "document_settings" VALUES (1,10,'Connector terms','{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":20,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"}');
INSERT INTO "document_settings" VALUES (2,9,'Connector terms','{"entities":[{"name":"Example Inc.","regions":[]},{"name":"Example GmbH","regions":["CH"]}],"incorporated":[{"document":"service-terms"},{"document":"service-terms","pinned":"2025-01-01"}],"precedence":["service-terms"],"profile":{"clock":"individual","dayCount":"civil","endingNoticeDays":30,"evidence":{"legal-required":1,"material":3,"other":2},"granularity":"clause","legalRequired":{"onPosting":{}},"material":{"afterNotice":{"days":15}},"name":"connectors-7a","optOut":[{"clauses":["9"],"days":30}],"other":{"onPosting":{}},"postingIsNotice":true,"survival":["2(b)","5-7"]},"requireApproval":["lower-class"],"timeZone":"America/Los_Angeles"}');
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
  title TEXT, adaptation_days INTEGER CHECK (adaptation_days >= 1), adaptation_reason TEXT CHECK ((adaptation_days IS NULL) = (adaptation_reason IS NULL)),
  UNIQUE (document_id, ordinal),
  UNIQUE (document_id, label),
  CHECK (ordinal >= 1),
  CHECK ((ordinal = 1) = (based_on IS NULL))
) STRICT;
INSERT INTO "versions" VALUES (1,1,1,'2025-12-17',NULL,2,1765994400000,X'8A32A9E2903678B66A53C50FFCF3C3E52D3270F6214D0F27918423742EC808D6','What it is about.','Terms',NULL,NULL);
INSERT INTO "versions" VALUES (2,1,2,'2025-12-18',1,15,1765994400000,X'599F9F58E629F083E3F73D4D8D29AC34714E63B2472C1268AFF42C7154425A90','What it is about.','Terms',NULL,NULL);
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
INSERT INTO "clauses" VALUES (1,0,1,'[]',1,'Terms','','# Terms

',NULL,'preamble');
INSERT INTO "clauses" VALUES (1,1,2,'["1"]',1,NULL,'You may connect.','1. You may connect.
',0,'provision');
INSERT INTO "clauses" VALUES (2,0,1,'[]',1,'Terms','','# Terms

',NULL,'preamble');
INSERT INTO "clauses" VALUES (2,1,2,'["1"]',1,NULL,'You may go.','1. You may go.
',0,'provision');
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
INSERT INTO "changes" VALUES (2,1,'modified','["1"]',NULL,'[2]','[2]','[{"op":"equal","text":"You may "},{"op":"delete","text":"connect."},{"op":"insert","text":"“go” — now."}]','material','[{"evidence":"15 days → 10 days","rule":"number-changed"}]','legal-required','Regulation (EU) 2024/1, article 2','the law says so');
INSERT INTO "changes" VALUES (2,2,'renamed-term','[]','Terms','[1]','[1]','[]','other','[]','other',NULL,NULL);
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
INSERT INTO "version_events" VALUES (2,16,'reclassified',NULL,2,'material',NULL,'it matters');
INSERT INTO "version_events" VALUES (2,17,'postponed','2026-03-01',NULL,NULL,NULL,'more time');
INSERT INTO "version_events" VALUES (2,27,'withdrawn',NULL,NULL,NULL,NULL,'a mistake');
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
INSERT INTO "developers" VALUES (1,'dev-1',3,'US',1,NULL);
INSERT INTO "developers" VALUES (2,'dev-2',5,'CH',1,NULL);
INSERT INTO "developers" VALUES (3,'dev-3',7,'US',0,NULL);
INSERT INTO "developers" VALUES (4,'dev-4',11,'US',0,26);
CREATE TABLE developer_facts (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  fact TEXT NOT NULL CHECK (fact IN ('added', 'moved', 'address', 'erased')),
  region TEXT,
  has_address INTEGER CHECK (has_address IN (0, 1)),
  -- SHA-256 over the salt and the personal data.
  commitment BLOB CHECK (length(commitment) = 32), reason TEXT CHECK (reason IS NULL OR fact = 'erased'),
  PRIMARY KEY (developer_id, sequence),
  CHECK ((fact IN ('added', 'moved')) = (region IS NOT NULL)),
  CHECK ((fact IN ('added', 'address', 'erased')) = (has_address IS NOT NULL)),
  CHECK ((fact IN ('added', 'address')) = (commitment IS NOT NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO "developer_facts" VALUES (1,3,'added','US',1,X'FCBC31AC784F168F29A5BB4E79184D8FE1B4F64AB09133FBC9AC89E2FA5633AA',NULL);
INSERT INTO "developer_facts" VALUES (1,19,'address',NULL,1,X'CA340A3C14E2E7466E2005A936D447D2C671238DF535F7B69D2F6E0C8B140854',NULL);
INSERT INTO "developer_facts" VALUES (2,5,'added','US',1,X'1987C9CFFB85B948723840B201A2C290BE416712D46DF5E6C24C6CA6EE268233',NULL);
INSERT INTO "developer_facts" VALUES (2,18,'moved','CH',NULL,NULL,NULL);
INSERT INTO "developer_facts" VALUES (3,7,'added','US',0,X'069F27C77B02FDF442C5284B60FC4ADD832FC29B5F7C1634CE23C808382D7BD0',NULL);
INSERT INTO "developer_facts" VALUES (4,11,'added','US',1,X'AFF82BE17E41ACC27E1C5ACBC35B56DE75E8F31D2A73DEFC4958039F630B6AA7',NULL);
INSERT INTO "developer_facts" VALUES (4,26,'erased',NULL,0,NULL,NULL);
CREATE TABLE people (
  developer_id INTEGER PRIMARY KEY REFERENCES developers (id),
  name TEXT,
  email TEXT,
  salt TEXT NOT NULL CHECK (length(salt) = 64)
) STRICT;
INSERT INTO "people" VALUES (1,'Développeuse 11','dev11@example.com','d327220313823d611eaafc86d86453ea0f328e73fc229d3c83ae2d9b7313fc20');
INSERT INTO "people" VALUES (2,'Développeuse 2','dev2@example.com','c3a6a8530dbb478fb70a6ca8c7263a94ba0b08ca8d6ae9679c9cacd03663ec74');
INSERT INTO "people" VALUES (3,'Développeuse 3',NULL,'df3327a1ccb98669d3f6b9f60135b3c7a26e86c072e076482d8141dde8440516');
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
INSERT INTO "agreement_acts" VALUES (1,1,4,'connector-added','weather',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (1,1,13,'version-accepted',NULL,1,NULL,NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (1,1,14,'opted-out',NULL,1,'1',NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (2,1,6,'connector-added','weather',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (2,1,25,'terminated',NULL,NULL,NULL,'developer',0,'moved on');
INSERT INTO "agreement_acts" VALUES (3,1,8,'connector-added','weather',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (3,1,20,'connector-removed','weather',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "agreement_acts" VALUES (4,1,12,'agreed',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE connectors (
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  connector TEXT NOT NULL CHECK (connector <> ''),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  added INTEGER NOT NULL REFERENCES acts (sequence),
  PRIMARY KEY (developer_id, connector)
) STRICT, WITHOUT ROWID;
INSERT INTO "connectors" VALUES (1,'weather',1,4);
INSERT INTO "connectors" VALUES (2,'weather',1,6);
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
INSERT INTO "bound" VALUES (1,0,3,0,1767686400000);
INSERT INTO "bound" VALUES (1,0,4,1,NULL);
INSERT INTO "bound" VALUES (1,1,1,0,NULL);
INSERT INTO "bound" VALUES (1,1,2,0,1767686400000);
CREATE TABLE audiences (
  document_id INTEGER NOT NULL REFERENCES documents (id),
  has_address INTEGER NOT NULL CHECK (has_address IN (0, 1)),
  developers INTEGER NOT NULL CHECK (developers >= 0),
  PRIMARY KEY (document_id, has_address)
) STRICT, WITHOUT ROWID;
INSERT INTO "audiences" VALUES (1,0,2);
INSERT INTO "audiences" VALUES (1,1,2);
INSERT INTO "audiences" VALUES (2,0,0);
INSERT INTO "audiences" VALUES (2,1,0);
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
INSERT INTO "notice_steps" VALUES (1,1,21,2,'email','received',2,'mx.example',NULL,'abababababababababababababababababababababababababababababababab');
INSERT INTO "notice_steps" VALUES (1,1,24,2,'courier','received',3,'courier',NULL,NULL);
INSERT INTO "notice_steps" VALUES (4,1,23,2,'email','failed',NULL,'550 no',NULL,'abababababababababababababababababababababababababababababababab');
CREATE TABLE attempts (
  notice INTEGER NOT NULL REFERENCES outbox (number),
  number INTEGER NOT NULL CHECK (number >= 1),
  sequence INTEGER NOT NULL REFERENCES acts (sequence),
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'unavailable', 'unknown')),
  reply TEXT NOT NULL,
  message_sha256 TEXT, stage TEXT CHECK (stage IN ('connection', 'sender', 'recipient', 'content', 'completion')), code INTEGER, status TEXT, peer TEXT, letter_kept INTEGER NOT NULL DEFAULT 0 CHECK (letter_kept IN (0, 1)), reply_commitment BLOB CHECK (length(reply_commitment) = 32),
  PRIMARY KEY (notice, number)
) STRICT, WITHOUT ROWID;
INSERT INTO "attempts" VALUES (1,1,21,1766001600000,1766001600000,'accepted','mx.example','abababababababababababababababababababababababababababababababab',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "attempts" VALUES (2,1,22,1766001600000,1766001600000,'unavailable','421 later','abababababababababababababababababababababababababababababababab',NULL,NULL,NULL,NULL,0,NULL);
INSERT INTO "attempts" VALUES (3,1,23,1766001600000,1766001600000,'rejected','550 no','abababababababababababababababababababababababababababababababab',NULL,NULL,NULL,NULL,0,NULL);
CREATE TABLE "outbox" (
  number INTEGER PRIMARY KEY,
  version_id INTEGER NOT NULL REFERENCES versions (id),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  planned INTEGER NOT NULL REFERENCES acts (sequence),
  -- Whether it tells of an act that came after the posting, and so gives no notice of the version itself.
  superseding INTEGER NOT NULL CHECK (superseding IN (0, 1)),
  state TEXT NOT NULL CHECK (state IN ('queued', 'transmitting', 'accepted', 'refused', 'unknown', 'cancelled')),
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  due_at INTEGER,
  claimed_at INTEGER, reminds_of TEXT CHECK (reminds_of IS NULL OR superseding = 1),
  UNIQUE (version_id, developer_id, planned),
  CHECK ((state = 'queued') = (due_at IS NOT NULL)),
  CHECK ((state = 'transmitting') = (claimed_at IS NOT NULL))
) STRICT;
INSERT INTO "outbox" VALUES (1,2,1,15,0,'accepted',1,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES (2,2,2,15,0,'cancelled',1,NULL,NULL,NULL);
INSERT INTO "outbox" VALUES (3,2,4,15,0,'refused',1,NULL,NULL,NULL);
CREATE TABLE "outbox_counts" (
  version_id INTEGER NOT NULL REFERENCES versions (id),
  superseding INTEGER NOT NULL CHECK (superseding IN (0, 1)),
  state TEXT NOT NULL,
  notices INTEGER NOT NULL CHECK (notices >= 0),
  PRIMARY KEY (version_id, superseding, state)
) STRICT, WITHOUT ROWID;
INSERT INTO "outbox_counts" VALUES (1,0,'accepted',0);
INSERT INTO "outbox_counts" VALUES (1,0,'cancelled',0);
INSERT INTO "outbox_counts" VALUES (1,0,'queued',0);
INSERT INTO "outbox_counts" VALUES (1,0,'refused',0);
INSERT INTO "outbox_counts" VALUES (1,0,'transmitting',0);
INSERT INTO "outbox_counts" VALUES (1,0,'unknown',0);
INSERT INTO "outbox_counts" VALUES (1,1,'accepted',0);
INSERT INTO "outbox_counts" VALUES (1,1,'cancelled',0);
INSERT INTO "outbox_counts" VALUES (1,1,'queued',0);
INSERT INTO "outbox_counts" VALUES (1,1,'refused',0);
INSERT INTO "outbox_counts" VALUES (1,1,'transmitting',0);
INSERT INTO "outbox_counts" VALUES (1,1,'unknown',0);
INSERT INTO "outbox_counts" VALUES (2,0,'accepted',1);
INSERT INTO "outbox_counts" VALUES (2,0,'cancelled',1);
INSERT INTO "outbox_counts" VALUES (2,0,'queued',0);
INSERT INTO "outbox_counts" VALUES (2,0,'refused',1);
INSERT INTO "outbox_counts" VALUES (2,0,'transmitting',0);
INSERT INTO "outbox_counts" VALUES (2,0,'unknown',0);
INSERT INTO "outbox_counts" VALUES (2,1,'accepted',0);
INSERT INTO "outbox_counts" VALUES (2,1,'cancelled',0);
INSERT INTO "outbox_counts" VALUES (2,1,'queued',0);
INSERT INTO "outbox_counts" VALUES (2,1,'refused',0);
INSERT INTO "outbox_counts" VALUES (2,1,'transmitting',0);
INSERT INTO "outbox_counts" VALUES (2,1,'unknown',0);
CREATE TABLE returned_mail (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  notice INTEGER NOT NULL REFERENCES outbox (number),
  kind TEXT NOT NULL CHECK (kind IN ('reports', 'reply', 'unrecognised')),
  -- Why nothing could be read from it.
  detail TEXT,
  mail_sha256 BLOB NOT NULL UNIQUE CHECK (length(mail_sha256) = 32),
  CHECK ((kind = 'unrecognised') = (detail IS NOT NULL))
) STRICT;
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
CREATE TABLE returned_bytes (
  mail_sha256 BLOB PRIMARY KEY CHECK (length(mail_sha256) = 32),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  bytes BLOB NOT NULL
) STRICT;
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
CREATE TABLE service_keys (
  purpose TEXT PRIMARY KEY CHECK (purpose <> ''),
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE VIRTUAL TABLE search USING fts5 (
  heading, text, version_id UNINDEXED, position UNINDEXED, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO "search" VALUES ('Terms','',1,0);
INSERT INTO "search" VALUES (NULL,'You may connect.',1,1);
INSERT INTO "search" VALUES ('Terms','',2,0);
INSERT INTO "search" VALUES (NULL,'You may go.',2,1);
CREATE TABLE approvals (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  document_id INTEGER NOT NULL REFERENCES documents (id),
  based_on INTEGER REFERENCES versions (id),
  text_sha256 BLOB NOT NULL CHECK (length(text_sha256) = 32),
  -- The changes agreed to: an array of objects.
  changes TEXT NOT NULL CHECK (json_type(changes) = 'array'),
  reason TEXT NOT NULL CHECK (trim(reason) <> '')
) STRICT;
CREATE TABLE log_keys (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  -- As it is published (C2SP, signed-note): NAME+ID+KEY.
  key TEXT NOT NULL UNIQUE CHECK (key <> ''),
  -- The note by which the key before it handed over to it; NULL for the first one.
  handover TEXT UNIQUE,
  CHECK (handover IS NULL OR handover <> '')
) STRICT;
CREATE TABLE checkpoints (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  size INTEGER NOT NULL UNIQUE,
  root BLOB NOT NULL CHECK (length(root) = 32),
  -- The signed note, byte for byte.
  note TEXT NOT NULL CHECK (note <> ''),
  CHECK (size = sequence - 1)
) STRICT;
CREATE TABLE witnesses (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  size INTEGER NOT NULL REFERENCES checkpoints (size),
  kind TEXT NOT NULL CHECK (kind IN ('cosignature', 'timestamp')),
  -- The witness's key as it is published, or where the time stamp was got.
  witness TEXT NOT NULL CHECK (witness <> ''),
  -- The note with the witness's signature, or the time stamp's reply (RFC 3161).
  bytes BLOB NOT NULL CHECK (length(bytes) > 0)
) STRICT;
CREATE TABLE letters (
  notice INTEGER NOT NULL REFERENCES outbox (number),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  -- Whether the bytes are packed (raw DEFLATE, RFC 1951).
  packed INTEGER NOT NULL CHECK (packed IN (0, 1)),
  bytes BLOB NOT NULL CHECK (length(bytes) > 0),
  UNIQUE (notice, sha256)
) STRICT;
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
CREATE TABLE webhook_events (
  event TEXT NOT NULL CHECK (event <> ''),
  webhook INTEGER NOT NULL REFERENCES webhooks (webhook),
  PRIMARY KEY (event, webhook)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE witness_drops (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  witness INTEGER NOT NULL UNIQUE REFERENCES witnesses (sequence),
  reason TEXT NOT NULL CHECK (reason <> '')
) STRICT;
CREATE TABLE attempt_replies (
  sequence INTEGER PRIMARY KEY REFERENCES acts (sequence),
  developer_id INTEGER NOT NULL REFERENCES developers (id),
  words TEXT NOT NULL CHECK (words <> ''),
  salt TEXT NOT NULL CHECK (length(salt) = 64)
) STRICT;
CREATE TABLE ended_sessions (
  -- SHA-256 over the cookie, so that nobody who reads the record has one.
  cookie_sha256 BLOB PRIMARY KEY CHECK (length(cookie_sha256) = 32),
  -- From when on the cookie is good for nothing by itself, and its row is dropped.
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TRIGGER subtrees_in_order BEFORE INSERT ON subtrees
WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM subtrees)
BEGIN SELECT RAISE(ABORT, 'hashes of the log are appended in order'); END;
CREATE TRIGGER subtrees_unaltered BEFORE UPDATE ON subtrees
BEGIN SELECT RAISE(ABORT, 'a hash of the log is never altered'); END;
CREATE TRIGGER subtrees_kept BEFORE DELETE ON subtrees
BEGIN SELECT RAISE(ABORT, 'a hash of the log is never deleted'); END;
CREATE TRIGGER documents_with_act BEFORE INSERT ON documents
WHEN NEW.added IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a document is recorded together with the act of adding it'); END;
CREATE TRIGGER documents_unaltered BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'a document keeps its slug; its title and settings change by a new act'); END;
CREATE TRIGGER documents_kept BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'a document on record is never deleted'); END;
CREATE TRIGGER document_settings_with_act BEFORE INSERT ON document_settings
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'settings are recorded together with the act that sets them'); END;
CREATE TRIGGER document_settings_unaltered BEFORE UPDATE ON document_settings
BEGIN SELECT RAISE(ABORT, 'settings on record are never altered: record new ones instead'); END;
CREATE TRIGGER document_settings_kept BEFORE DELETE ON document_settings
BEGIN SELECT RAISE(ABORT, 'settings on record are never deleted: record new ones instead'); END;
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
CREATE TRIGGER clauses_with_act BEFORE INSERT ON clauses
WHEN (SELECT max(sequence) FROM acts) IS NOT (SELECT sequence FROM versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'clauses are recorded together with the act of posting their version'); END;
CREATE TRIGGER clauses_unaltered BEFORE UPDATE ON clauses
BEGIN SELECT RAISE(ABORT, 'the words of a posted version are never altered: post a new version instead'); END;
CREATE TRIGGER clauses_kept BEFORE DELETE ON clauses
BEGIN SELECT RAISE(ABORT, 'the words of a posted version are never deleted'); END;
CREATE TRIGGER changes_with_act BEFORE INSERT ON changes
WHEN (SELECT max(sequence) FROM acts) IS NOT (SELECT sequence FROM versions WHERE id = NEW.version_id)
BEGIN SELECT RAISE(ABORT, 'changes are recorded together with the act of posting their version'); END;
CREATE TRIGGER changes_unaltered BEFORE UPDATE ON changes
BEGIN SELECT RAISE(ABORT, 'a decided change is never altered: reclassify it by a new act'); END;
CREATE TRIGGER changes_kept BEFORE DELETE ON changes
BEGIN SELECT RAISE(ABORT, 'a decided change is never deleted'); END;
CREATE TRIGGER version_events_with_act BEFORE INSERT ON version_events
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what happens to a version is recorded together with its act'); END;
CREATE TRIGGER version_events_unaltered BEFORE UPDATE ON version_events
BEGIN SELECT RAISE(ABORT, 'what happened to a version is never altered: record a new act instead'); END;
CREATE TRIGGER version_events_kept BEFORE DELETE ON version_events
BEGIN SELECT RAISE(ABORT, 'what happened to a version is never deleted: record a new act instead'); END;
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
CREATE TRIGGER developer_facts_with_act BEFORE INSERT ON developer_facts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is recorded together with its act'); END;
CREATE TRIGGER developer_facts_unaltered BEFORE UPDATE ON developer_facts
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is never altered: record a new act instead'); END;
CREATE TRIGGER developer_facts_kept BEFORE DELETE ON developer_facts
BEGIN SELECT RAISE(ABORT, 'a fact about a developer is never deleted: record a new act instead'); END;
CREATE TRIGGER agreement_acts_with_act BEFORE INSERT ON agreement_acts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is recorded together with its entry in the log'); END;
CREATE TRIGGER agreement_acts_unaltered BEFORE UPDATE ON agreement_acts
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is never altered: record a new act instead'); END;
CREATE TRIGGER agreement_acts_kept BEFORE DELETE ON agreement_acts
BEGIN SELECT RAISE(ABORT, 'an act of an agreement is never deleted: record a new act instead'); END;
CREATE INDEX bound_ending ON bound (document_id, ends_at, has_address) WHERE ends_at IS NOT NULL;
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
CREATE TRIGGER notice_steps_with_act BEFORE INSERT ON notice_steps
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is recorded together with its act'); END;
CREATE TRIGGER notice_steps_unaltered BEFORE UPDATE ON notice_steps
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is never altered: record a new fact instead'); END;
CREATE TRIGGER notice_steps_kept BEFORE DELETE ON notice_steps
BEGIN SELECT RAISE(ABORT, 'a fact about a notice is never deleted: record a new fact instead'); END;
CREATE TRIGGER attempts_with_act BEFORE INSERT ON attempts
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an attempt is recorded together with its act'); END;
CREATE TRIGGER attempts_unaltered BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never altered: record a new one instead'); END;
CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'an attempt is never deleted'); END;
CREATE UNIQUE INDEX outbox_first ON outbox (version_id, developer_id) WHERE superseding = 0;
CREATE TRIGGER outbox_with_act BEFORE INSERT ON outbox
WHEN NEW.planned IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a notice is planned together with the act that it tells of'); END;
CREATE TRIGGER outbox_keeps_its_plan BEFORE UPDATE OF number, version_id, developer_id, planned, superseding ON outbox
BEGIN SELECT RAISE(ABORT, 'a planned notice keeps its version, its developer and what it tells of'); END;
CREATE TRIGGER outbox_kept BEFORE DELETE ON outbox
BEGIN SELECT RAISE(ABORT, 'a planned notice is never deleted: it is sent or cancelled'); END;
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
CREATE INDEX notice_steps_by_version ON notice_steps (version_id, developer_id);
CREATE INDEX agreement_acts_by_document ON agreement_acts (document_id, sequence);
CREATE INDEX returned_mail_by_notice ON returned_mail (notice, sequence);
CREATE TRIGGER returned_mail_with_act BEFORE INSERT ON returned_mail
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what came back is recorded together with its act'); END;
CREATE TRIGGER returned_mail_unaltered BEFORE UPDATE ON returned_mail
BEGIN SELECT RAISE(ABORT, 'what came back is never altered'); END;
CREATE TRIGGER returned_mail_kept BEFORE DELETE ON returned_mail
BEGIN SELECT RAISE(ABORT, 'what came back is never deleted: its bytes can be erased, what it said stays'); END;
CREATE TRIGGER notice_reports_with_act BEFORE INSERT ON notice_reports
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a report is recorded together with its act'); END;
CREATE TRIGGER notice_reports_unaltered BEFORE UPDATE ON notice_reports
BEGIN SELECT RAISE(ABORT, 'a report is never altered'); END;
CREATE TRIGGER notice_reports_kept BEFORE DELETE ON notice_reports
BEGIN SELECT RAISE(ABORT, 'a report is never deleted'); END;
CREATE INDEX notice_standings_unsettled ON notice_standings (notice) WHERE standing IN ('failed', 'disputed');
CREATE INDEX outbox_refused ON outbox (number) WHERE state = 'refused';
CREATE INDEX outbox_put_off ON outbox (number) WHERE state = 'queued' AND attempts > 0;
CREATE INDEX returned_bytes_by_developer ON returned_bytes (developer_id);
CREATE TRIGGER outbox_keeps_its_date BEFORE UPDATE OF reminds_of ON outbox
BEGIN SELECT RAISE(ABORT, 'a reminder keeps the date that it reminds of'); END;
CREATE TRIGGER tokens_keep_their_rights BEFORE UPDATE ON tokens
WHEN OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR NEW.token <> OLD.token
  OR NEW.secret_sha256 <> OLD.secret_sha256 OR NEW.role <> OLD.role OR NEW.expires_at <> OLD.expires_at
BEGIN SELECT RAISE(ABORT, 'a token can be revoked, once, and nothing else: create a new one'); END;
CREATE TRIGGER tokens_kept BEFORE DELETE ON tokens
BEGIN SELECT RAISE(ABORT, 'a token is never deleted: revoke it, so that who acted with it can still be told'); END;
CREATE INDEX repeatable_answers_age ON repeatable_answers (asked_at);
CREATE TRIGGER clauses_searched AFTER INSERT ON clauses WHEN NEW.role <> 'furniture'
BEGIN
  INSERT INTO search (heading, text, version_id, position) VALUES (NEW.heading, NEW.text, NEW.version_id, NEW.position);
END;
CREATE INDEX approvals_of_text ON approvals (document_id, text_sha256);
CREATE TRIGGER approvals_with_act BEFORE INSERT ON approvals
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is recorded together with its act'); END;
CREATE TRIGGER approvals_unaltered BEFORE UPDATE ON approvals
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is never altered: agree anew instead'); END;
CREATE TRIGGER approvals_kept BEFORE DELETE ON approvals
BEGIN SELECT RAISE(ABORT, 'an agreement to classes is never deleted: it covers one text only'); END;
CREATE TRIGGER log_keys_with_act BEFORE INSERT ON log_keys
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a key of the log is recorded together with its act'); END;
CREATE TRIGGER log_keys_unaltered BEFORE UPDATE ON log_keys
BEGIN SELECT RAISE(ABORT, 'a key of the log is never altered: rotate to a new one'); END;
CREATE TRIGGER log_keys_kept BEFORE DELETE ON log_keys
BEGIN SELECT RAISE(ABORT, 'a key of the log is never deleted: what it signed must be checked with it'); END;
CREATE TRIGGER checkpoints_with_act BEFORE INSERT ON checkpoints
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'a checkpoint is recorded together with its act'); END;
CREATE TRIGGER checkpoints_unaltered BEFORE UPDATE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never altered: somebody may hold it'); END;
CREATE TRIGGER checkpoints_kept BEFORE DELETE ON checkpoints
BEGIN SELECT RAISE(ABORT, 'a checkpoint is never deleted: somebody may hold it'); END;
CREATE INDEX witnesses_by_size ON witnesses (size, sequence);
CREATE TRIGGER witnesses_with_act BEFORE INSERT ON witnesses
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what a witness said is recorded together with its act'); END;
CREATE TRIGGER witnesses_unaltered BEFORE UPDATE ON witnesses
BEGIN SELECT RAISE(ABORT, 'what a witness said is never altered'); END;
CREATE TRIGGER witnesses_kept BEFORE DELETE ON witnesses
BEGIN SELECT RAISE(ABORT, 'what a witness said is never deleted'); END;
CREATE INDEX letters_by_developer ON letters (developer_id);
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
CREATE TRIGGER webhook_attempts_unaltered BEFORE UPDATE ON webhook_attempts
BEGIN SELECT RAISE(ABORT, 'a try at telling a webhook is never altered'); END;
CREATE TRIGGER webhook_attempts_kept BEFORE DELETE ON webhook_attempts
BEGIN SELECT RAISE(ABORT, 'a try at telling a webhook is never deleted'); END;
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
CREATE TRIGGER witness_drops_with_act BEFORE INSERT ON witness_drops
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'that a witness is dropped is recorded together with its act'); END;
CREATE TRIGGER witness_drops_unaltered BEFORE UPDATE ON witness_drops
BEGIN SELECT RAISE(ABORT, 'that a witness was dropped is never altered'); END;
CREATE TRIGGER witness_drops_kept BEFORE DELETE ON witness_drops
BEGIN SELECT RAISE(ABORT, 'that a witness was dropped is never taken back: take in what it said anew'); END;
CREATE INDEX attempt_replies_by_developer ON attempt_replies (developer_id);
CREATE TRIGGER attempt_replies_with_act BEFORE INSERT ON attempt_replies
WHEN NEW.sequence IS NOT (SELECT max(sequence) FROM acts)
BEGIN SELECT RAISE(ABORT, 'what was said of a try is kept together with its act'); END;
CREATE TRIGGER attempt_replies_unaltered BEFORE UPDATE ON attempt_replies
BEGIN SELECT RAISE(ABORT, 'what was said of a try is never altered'); END;
CREATE TRIGGER attempt_replies_kept BEFORE DELETE ON attempt_replies
WHEN EXISTS (SELECT 1 FROM developers WHERE id = OLD.developer_id AND erased IS NULL)
BEGIN SELECT RAISE(ABORT, 'what was said of a try goes only with the name and address of the developer'); END;
CREATE INDEX outbox_open ON outbox (due_at, number)
WHERE state = 'queued' OR state = 'transmitting' OR state = 'unknown';
CREATE TRIGGER outbox_moves_forward BEFORE UPDATE OF state ON outbox
WHEN NOT CASE OLD.state
  WHEN 'queued' THEN NEW.state = 'queued' OR NEW.state = 'transmitting' OR NEW.state = 'cancelled'
  WHEN 'transmitting' THEN 1
  WHEN 'unknown' THEN NEW.state <> 'transmitting'
  WHEN 'cancelled' THEN NEW.state = 'cancelled'
  ELSE NEW.state = OLD.state OR NEW.state = 'queued'
END
BEGIN SELECT RAISE(ABORT, 'a notice that was accepted, refused or cancelled stays so, and none is sent without a claim'); END;
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
CREATE INDEX ended_sessions_age ON ended_sessions (expires_at);
