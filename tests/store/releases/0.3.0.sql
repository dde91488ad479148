BEGIN TRANSACTION;
CREATE TABLE accounts (
	name VARCHAR NOT NULL, 
	password_hash VARCHAR NOT NULL, 
	admin BOOLEAN NOT NULL, 
	created_at VARCHAR NOT NULL, 
	disabled_at VARCHAR, 
	PRIMARY KEY (name)
);
INSERT INTO "accounts" VALUES('ana2','$argon2id$v=19$m=65536,t=3,p=4$koWbEGXGPXlxFeGmVFciYQ$/ccKPBnhSEplZJvM2hejYQKnjZbtxLUzKQe9QSP8msA',0,'2026-11-30T20:13:47.837Z',NULL);
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
INSERT INTO "authors" VALUES('aaf39151924','2vgaxyp9pp',1,'director',NULL,'Dana','CMXNGRFB',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('a6bc5cdd5a6','2vgaxyp9pp',2,'lead_facilitator',NULL,'Lea','BUR4GP8B',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('a0604a6c237','2vgaxyp9pp',3,'author','SEA','Sefa','SETVAUBG',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "authors" VALUES('aa04c37462b','2vgaxyp9pp',4,'author','LAND','Lars','7B524SV7',NULL,'2026-11-23T09:00:00.000Z',NULL);
CREATE TABLE bodies (
	exercise VARCHAR NOT NULL, 
	seq INTEGER NOT NULL, 
	salt BLOB NOT NULL, 
	body TEXT NOT NULL, 
	PRIMARY KEY (exercise, seq), 
	FOREIGN KEY(exercise, seq) REFERENCES entries (exercise, seq)
);
INSERT INTO "bodies" VALUES('m5dtkuvujc',1,X'07EF9B368AECFC4E80349BD1DCDACCD1','{"title":"Lantern Tide","scenario":"lantern-tide","version":"1.2","digest":"66cf777ef6083a78571ef10413c80ae19f4a2499c3080fbdb579bc209d306192","delegations":{"vedra":{"name":"Vedra","groups":["TFPP"],"tables":["t1"]},"oskmar":{"name":"Oskmar","tables":["t1"]}},"tables":{"t1":"Table 1"}}');
INSERT INTO "bodies" VALUES('m5dtkuvujc',2,X'8740E7E20D157392A75BAC2610DE3DBF','{"day":1}');
INSERT INTO "bodies" VALUES('m5dtkuvujc',3,X'32EAF764398C8CA0C75B0F10D84DD00F','{"inject":"D1-01"}');
INSERT INTO "bodies" VALUES('m5dtkuvujc',4,X'7C5CBAC9A4AE326068273843192D9C9A','{"text":"Coffee at ten."}');
INSERT INTO "bodies" VALUES('m5dtkuvujc',5,X'3D1536529CFE2D0AA1F62AEDAA7A03DD','{"inject":"D1-01","question":"first","delegation":"vedra","answer":{"choice":"a"}}');
INSERT INTO "bodies" VALUES('m5dtkuvujc',6,X'A5CC9850DA900927ABBC85D70FBAB7BB','{"day":1}');
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
INSERT INTO "draft_files" VALUES('2vgaxyp9pp','scenario.yaml','format: ttx-scenario/1
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
INSERT INTO "draft_files" VALUES('2vgaxyp9pp','day-1.yaml','# Ask the coast guard about the numbers before this day is approved.
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
INSERT INTO "draft_files" VALUES('2vgaxyp9pp','day-2.yaml','day: 2
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
INSERT INTO "draft_files" VALUES('2vgaxyp9pp','roster.yaml','delegations:
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
INSERT INTO "drafts" VALUES('2vgaxyp9pp','Exercise Small Tide',0,'2026-11-23T09:00:00.000Z');
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
INSERT INTO "entries" VALUES('m5dtkuvujc',1,NULL,NULL,NULL,'ExerciseCreated','2026-11-23T09:00:00.000Z','75f12d7f14d4cf5a9217de6f53db815639bd74287baa29831d5f2bc2259e355a','0000000000000000000000000000000000000000000000000000000000000000','3571db1f063de1634f53f886716b0a07e7310b3fcc47ad09e756ab155b440699');
INSERT INTO "entries" VALUES('m5dtkuvujc',2,'k1','asked','s1','DayOpened','2026-11-23T09:01:00.000Z','377c0b4a942d4d7e656d475c5c38f24553e7713f07268d345961692fad0ed632','3571db1f063de1634f53f886716b0a07e7310b3fcc47ad09e756ab155b440699','87c5b33a41225f4a8e4b1ce15208050206490ff913788e99a32e2260bdc1206e');
INSERT INTO "entries" VALUES('m5dtkuvujc',3,'k2','asked','s1','InjectReleased','2026-11-23T09:02:00.000Z','09d8edd4a1fc94342da914de8a9ce36551e3193c4c90237221df3a54dd6f7520','87c5b33a41225f4a8e4b1ce15208050206490ff913788e99a32e2260bdc1206e','a90580820c1f1e82421441836aa8ad1766a0b2cc71758b783902e077bd032087');
INSERT INTO "entries" VALUES('m5dtkuvujc',4,'k3','asked','s1','Announced','2026-11-23T09:03:00.000Z','fb23c8b6aa94377f9be9a569db44193003d572f8fa28c094719075ceeda1d460','a90580820c1f1e82421441836aa8ad1766a0b2cc71758b783902e077bd032087','59864715dbf43a8be8de146655fe5ecbd9ea5387dd3c2a3d8eec2495b6efe996');
INSERT INTO "entries" VALUES('m5dtkuvujc',5,'k4','asked','s2','ResponseSubmitted','2026-11-23T09:04:00.000Z','aec9475125c7a861e7cec2bd9a5434bae74b404dde942ac91d37489bd7b1a54e','59864715dbf43a8be8de146655fe5ecbd9ea5387dd3c2a3d8eec2495b6efe996','9a4f61cdacc47efc5b3913d8e6caef4a184d51e4c4f969c725e66ca0acbadf8b');
INSERT INTO "entries" VALUES('m5dtkuvujc',6,'k5','asked','s1','DayClosed','2026-11-23T09:05:00.000Z','1e8b61b94142d568525535656901cb75bed1175c05d0736164b6d19a70c53073','9a4f61cdacc47efc5b3913d8e6caef4a184d51e4c4f969c725e66ca0acbadf8b','433e1160725b00f6fee12c6a6ba500f24b28725ff38d60d68e793b66a52e696e');
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
INSERT INTO "exercises" VALUES('m5dtkuvujc','Lantern Tide','2365320c',6,'433e1160725b00f6fee12c6a6ba500f24b28725ff38d60d68e793b66a52e696e','{"format":"ttx-scenario/1","id":"lantern-tide","title":"Lantern Tide","version":"1.2","language":"en","summary":"A vessel is overdue.","tlp":"TLP:AMBER","chatham_house":true,"respond_as":"own_procedures","rules":[],"assumptions":[],"objectives":{},"capabilities":{},"groups":{"TFPP":{"name":"Task Force on Planning and Preparedness","about":""}},"organisations":{},"storylines":{},"variables":{},"map":{"width":1000,"height":700,"land":[],"places":{},"routes":{},"tokens":{},"borders":{}},"translations":{},"days":[{"day":1,"title":"The first day","theme":"At sea","lead":"TFPP","questions":[],"sessions":[{"id":"morning","title":"Morning","start":"09:00","minutes":60,"kind":"session","speakers":[]}],"injects":[{"id":"D1-01","kind":"contextual","title":"A vessel is overdue","at":"09:10","minutes":15,"session":"morning","to":{"all":true,"groups":[],"tables":[],"delegations":[]},"plenary":null,"sender":"Harbour master","channel":"radio","text":"Nothing has been heard since midnight.","picture":null,"notes":"","expected":[],"objectives":[],"capabilities":[],"phase":null,"storyline":null,"questions":[{"id":"first","kind":"single","ask":"Whom do you call first?","options":{"z":"The navy","a":"The coast guard"},"low":null,"high":null,"objectives":[]}],"map":[],"next":null,"needs":[],"when":null,"story":null,"branch":null}]}]}','2026-11-23T09:00:00.000Z');
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
INSERT INTO "seats" VALUES('s1d58287eae','m5dtkuvujc',1,'lead_facilitator',NULL,NULL,'en','Ana Lind',0,'RQDR4QFV','ana','2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('s1c1276e318','m5dtkuvujc',2,'head','vedra','t1','en','Ilse Marr',1,'8T6DVUPE',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('sf454c544e5','m5dtkuvujc',3,'delegate','vedra','t1','fr',NULL,0,'4RRQ89GV',NULL,'2026-11-23T09:00:00.000Z',NULL);
INSERT INTO "seats" VALUES('sb685829f4e','m5dtkuvujc',4,'delegate','oskmar','t1','en',NULL,1,'8R2ZW88J',NULL,'2026-11-23T09:00:00.000Z',NULL);
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
CREATE INDEX ix_seats_exercise ON seats (exercise);
CREATE INDEX ix_seats_account ON seats (account);
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
