BEGIN TRANSACTION;
CREATE TABLE accounts (
	name VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	admin BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, 
	disabled_at VARCHAR, 
	PRIMARY KEY (name)
);
INSERT INTO "accounts" VALUES('ana2','$argon2id$v=19$m=65536,t=3,p=4$84nRq8Kfl0SZz9jKy+qo1Q$w0UuctudNRC5KGUa8cdaFVpMVya2u4qa975wJ9O1V7M',0,'2026-11-30T20:13:33.463Z',NULL);
CREATE TABLE authors (
	id VARCHAR NOT NULL, 
	draft VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	role VARCHAR NOT NULL, 
	group_id VARCHAR, 
	name VARCHAR NOT NULL, 
	code VARCHAR NOT NULL, 
	account VARCHAR, 
	created_at VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (id), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	UNIQUE (code)
);
INSERT INTO "authors" VALUES('a71cc2d45e0','tgvt8wubs7',1,'director',NULL,'Dana','9UF6WMV6',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('a6339c8f8ee','tgvt8wubs7',2,'lead_facilitator',NULL,'Lea','9M9YMKT7',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('a7c13a6d72d','tgvt8wubs7',3,'author','SEA','Sefa','PX49VC8S',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('a86e4a128dd','tgvt8wubs7',4,'author','LAND','Lars','E7A7SSEX',NULL,'2026-11-23T09:00:00.000Z',NULL);
CREATE TABLE bodies (
	exercise VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	salt BLOB NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (exercise, seq), 
	FOREIGN KEY(exercise, seq) REFERENCES entries (exercise, seq)
);
INSERT INTO "bodies" VALUES('yb4w7we2nn',1,X'0E045BBBAA889F71F7D98D2B2F94C2FD','{"title":"Lantern Tide","scenario":"lantern-tide","version":"1.2","digest":"66cf777ef6083a78571ef10413c80ae19f4a2499c3080fbdb579bc209d306192","delegations":{"vedra":{"name":"Vedra","groups":["TFPP"],"tables":["t1"]},"oskmar":{"name":"Oskmar","tables":["t1"]}},"tables":{"t1":"Table 1"}}');
INSERT INTO "bodies" VALUES('yb4w7we2nn',2,X'62F5837C77805CBB7F0BC5B8421BD65D','{"day":1}');
INSERT INTO "bodies" VALUES('yb4w7we2nn',3,X'523AC930BF2A383AA6308568A018D092','{"inject":"D1-01"}');
INSERT INTO "bodies" VALUES('yb4w7we2nn',4,X'CE5567762288906BCFB32763EE3171F0','{"text":"Coffee at ten."}');
INSERT INTO "bodies" VALUES('yb4w7we2nn',5,X'F064E4CB7B6A2868AFA6FE557DA8E602','{"inject":"D1-01","question":"first","delegation":"vedra","answer":{"choice":"a"}}');
INSERT INTO "bodies" VALUES('yb4w7we2nn',6,X'35B78AB583877203A288372549F0C038','{"day":1}');
CREATE TABLE draft_changes (
	draft VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	at VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	sentence TEXT NOT NULL, 
	change TEXT NOT NULL, 
	patch TEXT NOT NULL, 
	pieces TEXT NOT NULL, 
	revision VARCHAR, 
	takes_back INTEGER, 
	taken_back INTEGER, 
	"key" VARCHAR, 
	asked VARCHAR, 
	PRIMARY KEY (draft, seq), 
	UNIQUE (draft, "key"), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	FOREIGN KEY(author) REFERENCES authors (id)
);
CREATE TABLE draft_comments (
	draft VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	inject VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	resolved_at VARCHAR, 
	resolved_by VARCHAR, 
	"key" VARCHAR, 
	PRIMARY KEY (draft, number), 
	UNIQUE (draft, "key"), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	FOREIGN KEY(author) REFERENCES authors (id), 
	FOREIGN KEY(resolved_by) REFERENCES authors (id)
);
CREATE TABLE draft_days (
	draft VARCHAR NOT NULL, 
	day INTEGER NOT NULL, 
	status VARCHAR NOT NULL, 
	PRIMARY KEY (draft, day), 
	FOREIGN KEY(draft) REFERENCES drafts (id)
);
CREATE TABLE draft_files (
	draft VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (draft, name), 
	FOREIGN KEY(draft) REFERENCES drafts (id)
);
INSERT INTO "draft_files" VALUES('tgvt8wubs7','scenario.yaml','format: ttx-scenario/1
id: small-tide
title: Exercise Small Tide
version: "1"
summary: A boat, a port and a question. EXERCISE EXERCISE EXERCISE

objectives:
  O1:
    name: Understand each other
  O2:
    name: Find gaps

capabilities:
  C1:
    name: Rescue
  C2:
    name: Screening

groups:
  SEA:
    name: Group at sea
  LAND:
    name: Group on land

organisations:
  IOM:
    name: International Organization for Migration

storylines:
  boat:
    name: The boat

variables:
  port:
    start: undecided
    label: Port of landing
  delay_h:
    start: 0
    label: Hours adrift

map:
  land:
    - [[0, 0], [300, 0], [300, 300]]
  places:
    Merevale:
      name: Merevale
      at: [100, 300]
    Ellory:
      name: Ellory
      at: [600, 400]
  routes:
    crossing:
      name: Crossing
      track: sea
      points: [[100, 300], [500, 380]]
  tokens:
    pallas:
      name: Pallas Wake
      kind: vessel
      at: Merevale
  borders:
    regions:
      name: Rescue regions
      points: [[450, 0], [450, 700]]
');
INSERT INTO "draft_files" VALUES('tgvt8wubs7','day-1.yaml','# Ask the coast guard about the numbers before this day is approved.
day: 1
title: At sea
theme: Early warning and rescue
lead: SEA

sessions:
  - {id: picture, title: One picture, start: "09:00", minutes: 60}
  - {id: coffee, title: Coffee, start: "10:00", minutes: 15, kind: break}
  - {id: rescue, title: Search and rescue, start: "10:15", minutes: 90}
  - id: talk
    title: What the sea asks
    start: "11:45"
    minutes: 30
    kind: panel
    speakers:
      - {name: Ines Maro, role: Harbour master, topic: A berth in a storm}

injects:
  - id: D1-01
    kind: contextual
    title: Crossings double
    at: "09:00"
    minutes: 20
    session: picture
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Crossings double.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: q1
        ask: What would your delegation do about q1?

  - id: D1-02
    kind: expected_action
    title: A boat leaves Merevale
    at: "09:30"
    minutes: 20
    session: picture
    to: {groups: [SEA]}
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      A boat leaves Merevale.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: calls
        kind: contacts
        ask: What would your delegation do about calls?
      - id: sure
        kind: scale
        ask: What would your delegation do about sure?
        low: Not sure
        high: Sure
    map:
      - {do: move, token: pallas, route: crossing}
      - {do: show, what: regions}

  - id: D1-03
    kind: decision
    title: Which port?
    at: "10:15"
    minutes: 20
    session: rescue
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Which port?.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: port
        kind: single
        ask: What would your delegation do about port?
        options:
          A: Ellory
          B: None yet
    branch:
      options:
        A:
          label: Ellory
          next: D1-04A
          set: {port: Ellory}
        B:
          label: None yet
          next: D1-04B
          set: {delay_h: 48}
      default: B

  - id: D1-04A
    kind: adaptive
    title: Ellory opens its port
    at: "10:45"
    minutes: 20
    session: rescue
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Ellory opens its port.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    next: [D1-05]

  - id: D1-04B
    kind: adaptive
    title: Two days adrift
    at: "10:45"
    minutes: 20
    session: rescue
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Two days adrift.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    next: [D1-05]

  - id: D1-05
    kind: expected_action
    title: The landing
    at: "11:15"
    minutes: 20
    session: rescue
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      The landing.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: first
        kind: ranking
        ask: What would your delegation do about first?
        options:
          care: Care
          list: A list
          food: Food
    map:
      - {do: alert, place: Ellory, label: 171 people}

  - id: D1-09
    kind: contingency
    title: A second call
    at: "11:30"
    minutes: 20
    session: rescue
    to: {delegations: [Kestria]}
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      A second call.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
');
INSERT INTO "draft_files" VALUES('tgvt8wubs7','day-2.yaml','day: 2
title: On land
theme: Reception and screening
lead: LAND

sessions:
  - {id: reception, title: Reception, start: "09:00", minutes: 120}

injects:
  - id: D2-01
    kind: contextual
    title: The hall is full
    at: "09:00"
    minutes: 20
    session: reception
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      The hall is full.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat

  - id: D2-02
    kind: media
    title: Ellory in the news
    at: "09:30"
    minutes: 20
    session: reception
    to: all
    sender: Coast guard of Orrin
    channel: social
    text: |-
      Ellory in the news.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: who
        kind: multiple
        ask: What would your delegation do about who?
        options:
          M: Ministry
          P: Port
          "N": Nobody
    when: port == Ellory

  - id: D2-03
    kind: facilitation
    title: Hot wash
    at: "10:00"
    minutes: 20
    session: reception
    to: all
    sender: Coast guard of Orrin
    channel: radio
    text: |-
      Hot wash.
      EXERCISE EXERCISE EXERCISE
    objectives: [O1]
    capabilities: [C1]
    storyline: boat
    questions:
      - id: gap
        ask: What would your delegation do about gap?
      - id: next
        ask: What would your delegation do about next?
        objectives: [O2]
    needs: [D1-05]
');
INSERT INTO "draft_files" VALUES('tgvt8wubs7','roster.yaml','delegations:
  Kestria:
    groups: [SEA]
    name: Kestria
  tamarinda:
    groups: [LAND]
    name: Federated Islands of Tamarinda
seats:
- {name: Ana, role: lead facilitator}
- {role: table facilitator, table: T1}
- {delegation: Kestria, role: head, table: T1}
- {delegation: Kestria, role: delegate, table: T1}
- {delegation: tamarinda, language: ar, role: head, table: T2}
- {role: plenary}
tables: {T1: Table 1, T2: Table 2}
');
CREATE TABLE draft_pictures (
	draft VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	PRIMARY KEY (draft, name), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	FOREIGN KEY(digest) REFERENCES pictures (digest)
);
CREATE TABLE draft_versions (
	draft VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	label VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	files TEXT NOT NULL, 
	pictures TEXT NOT NULL, 
	PRIMARY KEY (draft, number), 
	FOREIGN KEY(draft) REFERENCES drafts (id), 
	FOREIGN KEY(author) REFERENCES authors (id)
);
CREATE TABLE drafts (
	id VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	head INTEGER NOT NULL, 
	created_at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "drafts" VALUES('tgvt8wubs7','Exercise Small Tide',0,'2026-11-23T09:00:00.000Z');
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
INSERT INTO "entries" VALUES('yb4w7we2nn',1,NULL,NULL,NULL,'ExerciseCreated','2026-11-23T09:00:00.000Z','63813ae51d033b7e28aca1f7022eebebae5d74c62e21a8fefd953fe12c98a61c','0000000000000000000000000000000000000000000000000000000000000000','dac801f08324d6845e98aa15736d7c356b4946af48ec67903e638fd81ae19545');
INSERT INTO "entries" VALUES('yb4w7we2nn',2,'k1','asked','s1','DayOpened','2026-11-23T09:01:00.000Z','8be36ac845035f8b427bfd5c2c649b873dace4c6bd6f73e29aa94a8015fdc163','dac801f08324d6845e98aa15736d7c356b4946af48ec67903e638fd81ae19545','fc767065d5c1ce40af712c933ef6093770be08d988a09482bb85ac3da8cc2b9d');
INSERT INTO "entries" VALUES('yb4w7we2nn',3,'k2','asked','s1','InjectReleased','2026-11-23T09:02:00.000Z','41e80c9a4b844026f8620164aaddb58268976896f359e08b7b46d7c2951c9fc6','fc767065d5c1ce40af712c933ef6093770be08d988a09482bb85ac3da8cc2b9d','db28777f6319ebaab13d47dc0a9984db95450b57a448bbac564cd512dc99c4e7');
INSERT INTO "entries" VALUES('yb4w7we2nn',4,'k3','asked','s1','Announced','2026-11-23T09:03:00.000Z','990d7221c575d9b8debb29b692d179bf898589bd6d11d0faa9ddb031bcd353fb','db28777f6319ebaab13d47dc0a9984db95450b57a448bbac564cd512dc99c4e7','994fb3857a764a180acf17ad04e6722207e98674f5645c6d9cdd795dcb58ec9f');
INSERT INTO "entries" VALUES('yb4w7we2nn',5,'k4','asked','s2','ResponseSubmitted','2026-11-23T09:04:00.000Z','28c9042a44cf43e9e102a9da525047e0ef0593b6abd20eccd4e0167a60b618d5','994fb3857a764a180acf17ad04e6722207e98674f5645c6d9cdd795dcb58ec9f','b5556401882d63ce07b6b430942e6526cee6f6e59aef9cd419a3d303bf24c2b5');
INSERT INTO "entries" VALUES('yb4w7we2nn',6,'k5','asked','s1','DayClosed','2026-11-23T09:05:00.000Z','8e77a3b0cf9d34172240ddaae5e69a069d205780130e2a0318db2a0f1022d892','b5556401882d63ce07b6b430942e6526cee6f6e59aef9cd419a3d303bf24c2b5','00c43fd41a3a942e86b0e7d7560e4a703e5ae526dac4a8db5cfded1cc0e6426f');
CREATE TABLE exercise_pictures (
	exercise VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	PRIMARY KEY (exercise, name), 
	FOREIGN KEY(exercise) REFERENCES exercises (id), 
	FOREIGN KEY(digest) REFERENCES pictures (digest)
);
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
INSERT INTO "exercises" VALUES('yb4w7we2nn','Lantern Tide','a5ebc1f8',6,'00c43fd41a3a942e86b0e7d7560e4a703e5ae526dac4a8db5cfded1cc0e6426f','{"format":"ttx-scenario/1","id":"lantern-tide","title":"Lantern Tide","version":"1.2","language":"en","summary":"A vessel is overdue.","tlp":"TLP:AMBER","chatham_house":true,"respond_as":"own_procedures","rules":[],"assumptions":[],"objectives":{},"capabilities":{},"groups":{"TFPP":{"name":"Task Force on Planning and Preparedness","about":""}},"organisations":{},"storylines":{},"variables":{},"map":{"width":1000,"height":700,"land":[],"places":{},"routes":{},"tokens":{},"borders":{}},"translations":{},"days":[{"day":1,"title":"The first day","theme":"At sea","lead":"TFPP","questions":[],"sessions":[{"id":"morning","title":"Morning","start":"09:00","minutes":60,"kind":"session","speakers":[]}],"injects":[{"id":"D1-01","kind":"contextual","title":"A vessel is overdue","at":"09:10","minutes":15,"session":"morning","to":{"all":true,"groups":[],"tables":[],"delegations":[]},"plenary":null,"sender":"Harbour master","channel":"radio","text":"Nothing has been heard since midnight.","picture":null,"notes":"","expected":[],"objectives":[],"capabilities":[],"phase":null,"storyline":null,"questions":[{"id":"first","kind":"single","ask":"Whom do you call first?","options":{"z":"The navy","a":"The coast guard"},"low":null,"high":null,"objectives":[]}],"map":[],"next":null,"needs":[],"when":null,"story":null,"branch":null}]}]}','2026-11-23T09:00:00.000Z');
CREATE TABLE import_layouts (
	draft VARCHAR NOT NULL, 
	layout VARCHAR NOT NULL, 
	mapping TEXT NOT NULL, 
	PRIMARY KEY (draft, layout), 
	FOREIGN KEY(draft) REFERENCES drafts (id)
);
CREATE TABLE imports (
	author VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	found TEXT NOT NULL, 
	PRIMARY KEY (author), 
	FOREIGN KEY(author) REFERENCES authors (id)
);
CREATE TABLE meta (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "meta" VALUES('kind','ttx');
INSERT INTO "meta" VALUES('schema','2');
CREATE TABLE pictures (
	digest VARCHAR NOT NULL, 
	content BLOB NOT NULL, 
	PRIMARY KEY (digest)
);
CREATE TABLE rehearsals (
	exercise VARCHAR NOT NULL, 
	"of" VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	ended_at VARCHAR, 
	figures TEXT, 
	PRIMARY KEY (exercise), 
	FOREIGN KEY(exercise) REFERENCES exercises (id), 
	FOREIGN KEY("of") REFERENCES exercises (id)
);
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
INSERT INTO "seats" VALUES('sd99ffc727b','yb4w7we2nn',1,'lead_facilitator',NULL,NULL,'en','Ana Lind',0,'E6HRVX9P','ana','2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('se65f9c72a8','yb4w7we2nn',2,'head','vedra','t1','en','Ilse Marr',1,'29D2F97H',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('sae9eae6ed7','yb4w7we2nn',3,'delegate','vedra','t1','fr',NULL,0,'N7P53P28',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('s46899f4a8b','yb4w7we2nn',4,'delegate','oskmar','t1','en',NULL,1,'6ZRMM9V4',NULL,'2026-11-23T09:00:00.000Z',NULL);
CREATE TABLE session_authors (
	session VARCHAR NOT NULL, 
	author VARCHAR NOT NULL, 
	joined_at VARCHAR NOT NULL, 
	device VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (session, author), 
	FOREIGN KEY(session) REFERENCES sessions (token_hash), 
	FOREIGN KEY(author) REFERENCES authors (id)
);
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
CREATE TABLE started (
	exercise VARCHAR NOT NULL, 
	draft VARCHAR NOT NULL, 
	version INTEGER NOT NULL, 
	PRIMARY KEY (exercise), 
	FOREIGN KEY(exercise) REFERENCES exercises (id), 
	FOREIGN KEY(draft) REFERENCES drafts (id)
);
CREATE TABLE tokens (
	hash VARCHAR NOT NULL, 
	seat VARCHAR NOT NULL, 
	created_at VARCHAR NOT NULL, 
	revoked_at VARCHAR, 
	PRIMARY KEY (hash), 
	FOREIGN KEY(seat) REFERENCES seats (id)
);
CREATE INDEX ix_seats_account ON seats (account);
CREATE INDEX ix_seats_exercise ON seats (exercise);
CREATE INDEX ix_sessions_account ON sessions (account);
CREATE INDEX ix_authors_account ON authors (account);
CREATE INDEX ix_authors_draft ON authors (draft);
CREATE INDEX ix_started_draft ON started (draft);
CREATE INDEX ix_rehearsals_of ON rehearsals ("of");
CREATE INDEX ix_session_seats_seat ON session_seats (seat);
CREATE INDEX ix_tokens_seat ON tokens (seat);
CREATE INDEX ix_session_authors_author ON session_authors (author);
CREATE INDEX ix_draft_comments_inject ON draft_comments (inject);
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'An entry of the log is never changed; a correction is a new entry.'); END;
CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'An entry of the log is never deleted; a correction is a new entry.'); END;
CREATE TRIGGER entries_are_not_replaced BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE exercise = NEW.exercise AND (seq = NEW.seq OR key = NEW.key)) BEGIN SELECT RAISE(ABORT, 'An entry of the log is never replaced; a correction is a new entry.'); END;
CREATE TRIGGER bodies_are_not_changed BEFORE UPDATE ON bodies BEGIN SELECT RAISE(ABORT, 'The body of an entry is never changed; it can only be shredded.'); END;
COMMIT;
