BEGIN TRANSACTION;
CREATE TABLE acts (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	actor BIGINT, 
	act TEXT NOT NULL, 
	subject TEXT DEFAULT '' NOT NULL, 
	detail TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_acts PRIMARY KEY (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE categories (
	name TEXT NOT NULL, 
	CONSTRAINT pk_categories PRIMARY KEY (name)
);
INSERT INTO "categories" VALUES('Власть');
INSERT INTO "categories" VALUES('Учёба');
INSERT INTO "categories" VALUES('Досуг');
CREATE TABLE changes (
	revision INTEGER NOT NULL, 
	position INTEGER NOT NULL, 
	entity TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT pk_changes PRIMARY KEY (revision, position), 
	CONSTRAINT fk_changes_revision FOREIGN KEY(revision) REFERENCES revisions (id)
);
INSERT INTO "changes" VALUES(1,0,'category','Власть',NULL,'{"name":"Власть"}');
INSERT INTO "changes" VALUES(1,1,'category','Учёба',NULL,'{"name":"Учёба"}');
INSERT INTO "changes" VALUES(1,2,'category','Досуг',NULL,'{"name":"Досуг"}');
INSERT INTO "changes" VALUES(1,3,'territory','1',NULL,'{"id":1,"name":"Придуманный край","parent":null,"kind":"","centre":"","oktmo":"","lat":null,"lon":null,"former_names":[]}');
INSERT INTO "changes" VALUES(1,4,'territory','2',NULL,'{"id":2,"name":"с. Сосновка","parent":1,"kind":"населённый пункт","centre":"","oktmo":"","lat":null,"lon":null,"former_names":[]}');
INSERT INTO "changes" VALUES(1,5,'territory','3',NULL,'{"id":3,"name":"с. Берёзовка","parent":1,"kind":"населённый пункт","centre":"","oktmo":"","lat":null,"lon":null,"former_names":[]}');
INSERT INTO "changes" VALUES(1,6,'page','head',NULL,'{"id":"head","title":"Управление","full_name":"","category":"Власть","level":null,"territory":2,"person":"","post":"","address":"","phone":"1-11","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","upravlenie_kraya","",null,null]],"official_mark":null,"flagship":null,"subscribers":10,"aliases":["главные"],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(1,7,'page','school',NULL,'{"id":"school","title":"Школа № 5","full_name":"","category":"Учёба","level":null,"territory":2,"person":"","post":"","address":"","phone":"2-22","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","vydumka","",null,null],["vk","vk","name","vydumka2","",null,null]],"official_mark":null,"flagship":null,"subscribers":20,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(1,8,'page','club',NULL,'{"id":"club","title":"Клуб","full_name":"","category":"Досуг","level":null,"territory":3,"person":"","post":"","address":"","phone":"3-33","hours":"","lat":null,"lon":null,"links":[],"official_mark":null,"flagship":null,"subscribers":30,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(2,0,'page','head','{"id":"head","title":"Управление","full_name":"","category":"Власть","level":null,"territory":2,"person":"","post":"","address":"","phone":"1-11","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","upravlenie_kraya","",null,null]],"official_mark":null,"flagship":null,"subscribers":10,"aliases":["главные"],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}','{"id":"head","title":"Управление","full_name":"","category":"Власть","level":null,"territory":2,"person":"","post":"","address":"","phone":"1-12","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","upravlenie_kraya","",null,null]],"official_mark":null,"flagship":null,"subscribers":11,"aliases":["главные"],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":"2026-11-01"}');
INSERT INTO "changes" VALUES(2,1,'page','school','{"id":"school","title":"Школа № 5","full_name":"","category":"Учёба","level":null,"territory":2,"person":"","post":"","address":"","phone":"2-22","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","vydumka","",null,null],["vk","vk","name","vydumka2","",null,null]],"official_mark":null,"flagship":null,"subscribers":20,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}','{"id":"school","title":"Школа № 5","full_name":"","category":"Учёба","level":null,"territory":2,"person":"","post":"","address":"","phone":"2-22","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","vydumka","",null,null],["vk","vk","name","vydumka2","",null,null]],"official_mark":null,"flagship":null,"subscribers":21,"aliases":[],"parent":"head","successor":null,"status":"active","hidden":"","source":"","checked_at":"2026-11-01"}');
INSERT INTO "changes" VALUES(3,0,'page','club','{"id":"club","title":"Клуб","full_name":"","category":"Досуг","level":null,"territory":3,"person":"","post":"","address":"","phone":"3-33","hours":"","lat":null,"lon":null,"links":[],"official_mark":null,"flagship":null,"subscribers":30,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}','{"id":"club","title":"Дом культуры","full_name":"","category":"Досуг","level":null,"territory":3,"person":"","post":"","address":"","phone":"3-33","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","klub_vydumka","",null,null]],"official_mark":null,"flagship":null,"subscribers":30,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(4,0,'page','school','{"id":"school","title":"Школа № 5","full_name":"","category":"Учёба","level":null,"territory":2,"person":"","post":"","address":"","phone":"2-22","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","vydumka","",null,null],["vk","vk","name","vydumka2","",null,null]],"official_mark":null,"flagship":null,"subscribers":21,"aliases":[],"parent":"head","successor":null,"status":"active","hidden":"","source":"","checked_at":"2026-11-01"}','{"id":"school","title":"Школа № 5","full_name":"","category":"Учёба","level":null,"territory":2,"person":"","post":"","address":"","phone":"2-22","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","vydumka","",null,"2026-11-02"],["vk","vk","name","vydumka2","",null,"2026-11-02"]],"official_mark":null,"flagship":null,"subscribers":21,"aliases":[],"parent":"head","successor":null,"status":"active","hidden":"","source":"","checked_at":"2026-11-02"}');
INSERT INTO "changes" VALUES(5,0,'page','club','{"id":"club","title":"Дом культуры","full_name":"","category":"Досуг","level":null,"territory":3,"person":"","post":"","address":"","phone":"3-33","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","klub_vydumka","",null,null]],"official_mark":null,"flagship":null,"subscribers":30,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}','{"id":"club","title":"Дом культуры","full_name":"","category":"Досуг","level":null,"territory":3,"person":"","post":"","address":"","phone":"3-33","hours":"","lat":null,"lon":null,"links":[["vk","vk","name","klub_vydumka","",null,null]],"official_mark":null,"flagship":null,"subscribers":30,"aliases":[],"parent":null,"successor":null,"status":"hidden","hidden":"проба","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(6,0,'page','shop',NULL,'{"id":"shop","title":"Лавка","full_name":"","category":null,"level":null,"territory":null,"person":"","post":"","address":"","phone":"","hours":"","lat":null,"lon":null,"links":[],"official_mark":null,"flagship":null,"subscribers":null,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}');
INSERT INTO "changes" VALUES(7,0,'page','shop','{"id":"shop","title":"Лавка","full_name":"","category":null,"level":null,"territory":null,"person":"","post":"","address":"","phone":"","hours":"","lat":null,"lon":null,"links":[],"official_mark":null,"flagship":null,"subscribers":null,"aliases":[],"parent":null,"successor":null,"status":"active","hidden":"","source":"","checked_at":null}',NULL);
CREATE TABLE drafts (
	id TEXT NOT NULL, 
	person BIGINT NOT NULL, 
	page TEXT, 
	cells JSON NOT NULL, 
	revision INTEGER NOT NULL, 
	CONSTRAINT pk_drafts PRIMARY KEY (id), 
	CONSTRAINT uq_drafts_person UNIQUE (person)
);
CREATE TABLE editors (
	person BIGINT NOT NULL, 
	territory INTEGER, 
	category TEXT, 
	appointed_by BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_editors PRIMARY KEY (person), 
	CONSTRAINT fk_editors_category FOREIGN KEY(category) REFERENCES categories (name) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_editors_territory FOREIGN KEY(territory) REFERENCES territories (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE link_checks (
	platform TEXT NOT NULL, 
	account TEXT NOT NULL, 
	last_checked DATE NOT NULL, 
	outcome TEXT NOT NULL, 
	moved_to TEXT DEFAULT '' NOT NULL, 
	failing_days INTEGER DEFAULT '0' NOT NULL, 
	last_failing DATE, 
	number BIGINT, 
	CONSTRAINT pk_link_checks PRIMARY KEY (platform, account)
);
CREATE TABLE links (
	page TEXT NOT NULL, 
	slot TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	platform TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	account TEXT NOT NULL, 
	hidden TEXT DEFAULT '' NOT NULL, 
	on_site DATE, 
	confirmed DATE, 
	CONSTRAINT pk_links PRIMARY KEY (page, slot, position), 
	CONSTRAINT fk_links_page FOREIGN KEY(page) REFERENCES pages (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
)
 WITHOUT ROWID

;
INSERT INTO "links" VALUES('club','vk',0,'vk','name','klub_vydumka','',NULL,NULL);
INSERT INTO "links" VALUES('head','vk',0,'vk','name','upravlenie_kraya','',NULL,NULL);
INSERT INTO "links" VALUES('school','vk',0,'vk','name','vydumka','',NULL,'2026-11-02');
INSERT INTO "links" VALUES('school','vk',1,'vk','name','vydumka2','',NULL,'2026-11-02');
CREATE TABLE pages (
	id TEXT NOT NULL, 
	title TEXT NOT NULL, 
	full_name TEXT DEFAULT '' NOT NULL, 
	category TEXT, 
	level TEXT, 
	territory INTEGER, 
	person TEXT DEFAULT '' NOT NULL, 
	post TEXT DEFAULT '' NOT NULL, 
	address TEXT DEFAULT '' NOT NULL, 
	phone TEXT DEFAULT '' NOT NULL, 
	lat FLOAT, 
	lon FLOAT, 
	official_mark BOOLEAN, 
	flagship BOOLEAN, 
	subscribers INTEGER, 
	aliases JSON NOT NULL, 
	parent TEXT, 
	successor TEXT, 
	status TEXT NOT NULL, 
	hidden TEXT DEFAULT '' NOT NULL, 
	source TEXT DEFAULT '' NOT NULL, 
	checked_at DATE, hours TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_pages PRIMARY KEY (id), 
	CONSTRAINT fk_pages_category FOREIGN KEY(category) REFERENCES categories (name) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_pages_parent FOREIGN KEY(parent) REFERENCES pages (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_pages_successor FOREIGN KEY(successor) REFERENCES pages (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT fk_pages_territory FOREIGN KEY(territory) REFERENCES territories (id) DEFERRABLE INITIALLY DEFERRED
);
INSERT INTO "pages" VALUES('head','Управление','','Власть',NULL,2,'','','','1-12',NULL,NULL,NULL,NULL,11,'["главные"]',NULL,NULL,'active','','','2026-11-01','');
INSERT INTO "pages" VALUES('school','Школа № 5','','Учёба',NULL,2,'','','','2-22',NULL,NULL,NULL,NULL,21,'[]','head',NULL,'active','','','2026-11-02','');
INSERT INTO "pages" VALUES('club','Дом культуры','','Досуг',NULL,3,'','','','3-33',NULL,NULL,NULL,NULL,30,'[]',NULL,NULL,'hidden','проба','',NULL,'');
CREATE TABLE pending_imports (
	id TEXT NOT NULL, 
	owner BIGINT NOT NULL, 
	file TEXT NOT NULL, 
	data BLOB NOT NULL, 
	options JSON NOT NULL, 
	revision INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_pending_imports PRIMARY KEY (id)
);
CREATE TABLE report_senders (
	report BIGINT NOT NULL, 
	person BIGINT NOT NULL, 
	language TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_report_senders PRIMARY KEY (report, person), 
	CONSTRAINT fk_report_senders_report FOREIGN KEY(report) REFERENCES reports (id) ON DELETE CASCADE
);
CREATE TABLE reports (
	id BIGINT NOT NULL, 
	kind TEXT NOT NULL, 
	page TEXT, 
	text TEXT DEFAULT '' NOT NULL, 
	at DATETIME NOT NULL, 
	decision TEXT, 
	word TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_reports PRIMARY KEY (id), 
	CONSTRAINT fk_reports_page FOREIGN KEY(page) REFERENCES pages (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE revisions (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	action TEXT NOT NULL, 
	actor BIGINT, 
	file TEXT DEFAULT '' NOT NULL, 
	sha256 TEXT DEFAULT '' NOT NULL, 
	note TEXT DEFAULT '' NOT NULL, 
	undoes INTEGER, 
	created INTEGER DEFAULT '0' NOT NULL, 
	changed INTEGER DEFAULT '0' NOT NULL, 
	removed INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_revisions PRIMARY KEY (id), 
	CONSTRAINT fk_revisions_undoes FOREIGN KEY(undoes) REFERENCES revisions (id)
);
INSERT INTO "revisions" VALUES(1,'2026-11-26 14:11:23.451074','import',7,'список 0.csv','e920dfdf9b6ec39f8814148cc3eb84fa9709db8c9c4717e8e7d34ef8b5b8c35f','',NULL,3,0,0);
INSERT INTO "revisions" VALUES(2,'2026-11-26 14:11:23.519737','import',7,'список 1.csv','8dc0be2b46ab319dc673ade460df47975f0f1a4339b9b51fe6487c70f4f98508','',NULL,0,2,0);
INSERT INTO "revisions" VALUES(3,'2026-11-26 14:11:23.593219','import',7,'список 2.csv','7dba430f556b09a86700be55922e23b9aa31e424c4578798b736200f7c220fe4','',NULL,0,1,0);
INSERT INTO "revisions" VALUES(4,'2026-11-26 14:11:23.630855','edit',8,'','','страница на месте',NULL,0,1,0);
INSERT INTO "revisions" VALUES(5,'2026-11-26 14:11:23.646325','hide',8,'','','проба',NULL,0,1,0);
INSERT INTO "revisions" VALUES(6,'2026-11-26 14:11:23.654410','import',7,'лавка.csv','204f16500cc960c4e638b8663d5706b5c6804ba33c55ea901404a593c7b97b94','',NULL,1,0,0);
INSERT INTO "revisions" VALUES(7,'2026-11-26 14:11:23.671154','undo',7,'','','',6,0,0,1);
CREATE TABLE saved (
	person BIGINT NOT NULL, 
	page TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_saved PRIMARY KEY (person, page), 
	CONSTRAINT fk_saved_page FOREIGN KEY(page) REFERENCES pages (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE tasks (
	name TEXT NOT NULL, 
	begun_at DATETIME NOT NULL, 
	CONSTRAINT pk_tasks PRIMARY KEY (name)
);
CREATE TABLE territories (
	id INTEGER NOT NULL, 
	parent INTEGER, 
	name TEXT NOT NULL, 
	kind TEXT DEFAULT '' NOT NULL, 
	centre TEXT DEFAULT '' NOT NULL, 
	oktmo TEXT DEFAULT '' NOT NULL, 
	lat FLOAT, 
	lon FLOAT, 
	former_names JSON NOT NULL, 
	CONSTRAINT pk_territories PRIMARY KEY (id), 
	CONSTRAINT fk_territories_parent FOREIGN KEY(parent) REFERENCES territories (id) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_territories_parent_name_kind UNIQUE (parent, name, kind)
);
INSERT INTO "territories" VALUES(1,NULL,'Придуманный край','','','',NULL,NULL,'[]');
INSERT INTO "territories" VALUES(2,1,'с. Сосновка','населённый пункт','','',NULL,NULL,'[]');
INSERT INTO "territories" VALUES(3,1,'с. Берёзовка','населённый пункт','','',NULL,NULL,'[]');
CREATE INDEX ix_pending_imports_owner ON pending_imports (owner);
CREATE INDEX ix_revisions_undoes ON revisions (undoes);
CREATE INDEX ix_territories_parent ON territories (parent);
CREATE INDEX ix_changes_entity_key ON changes (entity, "key");
CREATE INDEX ix_pages_category ON pages (category);
CREATE INDEX ix_pages_parent ON pages (parent);
CREATE INDEX ix_pages_successor ON pages (successor);
CREATE INDEX ix_pages_territory ON pages (territory);
CREATE INDEX ix_links_platform_account ON links (platform, account);
CREATE INDEX ix_reports_page ON reports (page);
CREATE INDEX ix_report_senders_person ON report_senders (person);
CREATE INDEX ix_editors_category ON editors (category);
CREATE INDEX ix_editors_territory ON editors (territory);
CREATE INDEX ix_acts_at ON acts (at);
COMMIT;
