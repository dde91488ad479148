BEGIN TRANSACTION;
CREATE TABLE accounts (
	name VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	admin BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, 
	disabled_at VARCHAR, 
	PRIMARY KEY (name)
);
INSERT INTO "accounts" VALUES('ana2','$argon2id$v=19$m=65536,t=3,p=4$dILrvRCW00Y7ljdyYL1u7Q$T0ZgQZ2eicuXWwijPi9hqU5JE9ymqogsNpJ1d3ZLDWY',0,'2026-11-30T20:13:19.095Z',NULL);
CREATE TABLE bodies (
	exercise VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	salt BLOB NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (exercise, seq), 
	FOREIGN KEY(exercise, seq) REFERENCES entries (exercise, seq)
);
INSERT INTO "bodies" VALUES('fdq6f6j7bf',1,X'6CAF179D62F95E40CBC8F16A439EF327','{"title":"Lantern Tide","scenario":"lantern-tide","version":"1.2","digest":"08e3940e2086334fd67aaec44990827fcc9ba35b8c21cbaac49e54b53bdeb050","delegations":{"vedra":{"name":"Vedra","groups":["TFPP"],"tables":["t1"]},"oskmar":{"name":"Oskmar","tables":["t1"]}},"tables":{"t1":"Table 1"}}');
INSERT INTO "bodies" VALUES('fdq6f6j7bf',2,X'1E95803D66FC6CE98C561969E8753359','{"day":1}');
INSERT INTO "bodies" VALUES('fdq6f6j7bf',3,X'CB3D184C6A094F32C440C3108BBA1423','{"inject":"D1-01"}');
INSERT INTO "bodies" VALUES('fdq6f6j7bf',4,X'91822D624D87C5CB227287B88B3BB86B','{"text":"Coffee at ten."}');
INSERT INTO "bodies" VALUES('fdq6f6j7bf',5,X'2F8D188E0EB70B038BF403CDC0E1D29B','{"inject":"D1-01","question":"first","delegation":"vedra","answer":{"choice":"a"}}');
INSERT INTO "bodies" VALUES('fdq6f6j7bf',6,X'DD27C0333FB9E2309CF934225F932946','{"day":1}');
CREATE TABLE entries (
	exercise VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	"key" VARCHAR, 
	asked VARCHAR, 
	seat VARCHAR, 
	kind VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	commitment VARCHAR NOT NULL, 
	prev_hash VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	PRIMARY KEY (exercise, seq), 
	UNIQUE (exercise, "key"), 
	FOREIGN KEY(exercise) REFERENCES exercises (id)
);
INSERT INTO "entries" VALUES('fdq6f6j7bf',1,NULL,NULL,NULL,'ExerciseCreated','2026-11-23T09:00:00.000Z','0ea9c6e584574b8b6b203412958a4c25eff1d1b3c65fc0f951659914d3f44003','0000000000000000000000000000000000000000000000000000000000000000','7148b3acee143d2a9f7b1f0fb546ae5698acd91fe006e422b670136f26b8a41d');
INSERT INTO "entries" VALUES('fdq6f6j7bf',2,'k1','asked','s1','DayOpened','2026-11-23T09:01:00.000Z','f3361b3ac7591bde8cacd55e94c9b79bee557309590e807d63fd6feb5a75d906','7148b3acee143d2a9f7b1f0fb546ae5698acd91fe006e422b670136f26b8a41d','bbbdd36b33945a1ec6b5b206895b0099d19a6785b34762e5696335091aab153f');
INSERT INTO "entries" VALUES('fdq6f6j7bf',3,'k2','asked','s1','InjectReleased','2026-11-23T09:02:00.000Z','ebd845e5da41def9aed3f5c6558ae00a110b1d8a842d0da63260056181844786','bbbdd36b33945a1ec6b5b206895b0099d19a6785b34762e5696335091aab153f','41335e7ed3a47133f2df4423921b530d7184aca073ae3f124ef12d499de4f77c');
INSERT INTO "entries" VALUES('fdq6f6j7bf',4,'k3','asked','s1','Announced','2026-11-23T09:03:00.000Z','f39ac636d55acb2c30b91e138700ecfceb24c29b122b0651d0357a9818a3cd8c','41335e7ed3a47133f2df4423921b530d7184aca073ae3f124ef12d499de4f77c','e0d73a8fd057ad49b725de507cc8a3ba0ee5688fca7371c54f99cbf5459e339c');
INSERT INTO "entries" VALUES('fdq6f6j7bf',5,'k4','asked','s2','ResponseSubmitted','2026-11-23T09:04:00.000Z','3e5896cc88834a1533ed804e903dd1167702e19c88fdfb959134d707aaadb014','e0d73a8fd057ad49b725de507cc8a3ba0ee5688fca7371c54f99cbf5459e339c','d8985de57ad531e545a04ef77c2f6c8214199c7595cbf204fefe9044101514e0');
INSERT INTO "entries" VALUES('fdq6f6j7bf',6,'k5','asked','s1','DayClosed','2026-11-23T09:05:00.000Z','91665a27a2b9bfc3c02c2fd159e9deb18ca8389fec977818fbbdd6a5e326e189','d8985de57ad531e545a04ef77c2f6c8214199c7595cbf204fefe9044101514e0','1489cd23f11523a0569ade563bcac5a3492bd03d738a68e656b67d50928d7e1b');
CREATE TABLE exercises (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	epoch VARCHAR NOT NULL, 
	head INTEGER NOT NULL, 
	head_hash VARCHAR NOT NULL, 
	scenario TEXT NOT NULL, 
	created_at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "exercises" VALUES('fdq6f6j7bf','Lantern Tide','284efddd',6,'1489cd23f11523a0569ade563bcac5a3492bd03d738a68e656b67d50928d7e1b','{"format":"ttx-scenario/1","id":"lantern-tide","title":"Lantern Tide","version":"1.2","language":"en","summary":"A vessel is overdue.","tlp":"TLP:AMBER","chatham_house":true,"respond_as":"own_procedures","rules":[],"assumptions":[],"objectives":{},"capabilities":{},"groups":{"TFPP":{"name":"Task Force on Planning and Preparedness","about":""}},"organisations":{},"storylines":{},"variables":{},"map":{"width":1000,"height":700,"land":[],"places":{},"routes":{},"tokens":{},"borders":{}},"translations":{},"days":[{"day":1,"title":"The first day","theme":"At sea","lead":"TFPP","sessions":[{"id":"morning","title":"Morning","start":"09:00","minutes":60,"kind":"session"}],"injects":[{"id":"D1-01","kind":"contextual","title":"A vessel is overdue","at":"09:10","minutes":15,"session":"morning","to":{"all":true,"groups":[],"tables":[],"delegations":[]},"plenary":null,"sender":"Harbour master","channel":"radio","text":"Nothing has been heard since midnight.","picture":null,"notes":"","expected":[],"objectives":[],"capabilities":[],"phase":null,"storyline":null,"questions":[{"id":"first","kind":"single","ask":"Whom do you call first?","options":{"z":"The navy","a":"The coast guard"},"low":null,"high":null,"objectives":[]}],"map":[],"next":null,"needs":[],"when":null,"branch":null}]}]}','2026-11-23T09:00:00.000Z');
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('kind','ttx');
INSERT INTO "meta" VALUES('schema','1');
CREATE TABLE seats (
	id VARCHAR NOT NULL, 
	exercise VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	delegation VARCHAR, 
	table_id VARCHAR, 
	language VARCHAR NOT NULL, 
	name VARCHAR, 
	submits BOOLEAN NOT NULL, 
	code VARCHAR NOT NULL, 
	account VARCHAR, 
	created_at VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(exercise) REFERENCES exercises (id), 
	UNIQUE (code)
);
INSERT INTO "seats" VALUES('s580d596237','fdq6f6j7bf',1,'lead_facilitator',NULL,NULL,'en','Ana Lind',0,'J3CSCX8Q','ana','2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('sbaaa68922b','fdq6f6j7bf',2,'head','vedra','t1','en','Ilse Marr',1,'BT4R9G3A',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('s633ec5fa87','fdq6f6j7bf',3,'delegate','vedra','t1','fr',NULL,0,'HW6PZGWF',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('s6873d6c47e','fdq6f6j7bf',4,'delegate','oskmar','t1','en',NULL,1,'JUH4NXP5',NULL,'2026-11-23T09:00:00.000Z',NULL);
CREATE TABLE session_seats (
	session VARCHAR NOT NULL, 
	seat VARCHAR NOT NULL, 
	joined_at VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (session, seat), 
	FOREIGN KEY(session) REFERENCES sessions (token_hash), 
	FOREIGN KEY(seat) REFERENCES seats (id)
);
CREATE TABLE sessions (
	token_hash VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	seen_at VARCHAR NOT NULL, 
	expires_at VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	account VARCHAR, 
	PRIMARY KEY (token_hash), 
	FOREIGN KEY(account) REFERENCES accounts (name)
);
CREATE TABLE tokens (
	hash VARCHAR NOT NULL, 
	seat VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (hash), 
	FOREIGN KEY(seat) REFERENCES seats (id)
);
CREATE INDEX ix_seats_exercise ON seats (exercise);
CREATE INDEX ix_seats_account ON seats (account);
CREATE INDEX ix_sessions_account ON sessions (account);
CREATE INDEX ix_session_seats_seat ON session_seats (seat);
CREATE INDEX ix_tokens_seat ON tokens (seat);
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'An entry of the log is never changed; a correction is a new entry.'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'An entry of the log is never deleted; a correction is a new entry.'); END;
CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE exercise = NEW.exercise AND (seq = NEW.seq OR key = NEW.key)) BEGIN SELECT RAISE(ABORT, 'An entry of the log is never replaced; a correction is a new entry.'); END;
CREATE TRIGGER bodies_are_not_changed BEFORE UPDATE ON bodies BEGIN SELECT RAISE(ABORT, 'The body of an entry is never changed; it can only be shredded.'); END;
COMMIT;
