package ledger

// format is the number of the newest form of what is stored.
//
//	1  documents with their bytes, statements, events, tombstones, the indexes of words, voices and IDs
//	2  when documents were fetched; feeds, pages to be fetched for them, what was taken in as a whole
//	3  threads: the wordings of statements, their links, what they make up; the keys of numbers; names and roles of speakers
//	4  the beginnings of words are indexed; unlinked reports by day; sums of threads; indexes for counting
const format = 4

// A step leads from one format to the next and back.
type step struct {
	up, down []string
}

// steps[i] leads from format i to format i+1.
var steps = []step{{up: format1}, {up: watchUp, down: watchDown}, {up: format3, down: format3Down}, {up: format4, down: format4Down}}

// The key of a statement is the number of its document, shifted by numberBits,
// and its number in the report. Events have keys of the same kind. SQL has the
// 20 as it is.
const numberBits = 20

var format1 = []string{
	`CREATE TABLE document (
		number {number},
		id {text} NOT NULL UNIQUE,
		outlet {text} NOT NULL,
		url {text} NOT NULL,
		day {text} NOT NULL,
		published {text} NOT NULL,
		title {text} NOT NULL,
		lang {text} NOT NULL,
		file {text} NOT NULL,
		record {int} NOT NULL,
		sha256 {text} NOT NULL,
		version {int} NOT NULL,
		about {text} NOT NULL,
		statements {int} NOT NULL,
		document_sum {text} NOT NULL,
		statements_sum {text} NOT NULL,
		added {text} NOT NULL)`,
	`CREATE INDEX document_day ON document(day, id)`,
	`CREATE INDEX document_url ON document(url) WHERE url <> ''`,
	// The wide part of a document. text is NULL where it is the original, byte for byte.
	`CREATE TABLE report (
		document {int} PRIMARY KEY,
		layout {bytes} NOT NULL,
		text {bytes})`,
	`CREATE TABLE original (
		sha256 {text} NOT NULL UNIQUE,
		documents {int} NOT NULL,
		size {int} NOT NULL,
		bytes {bytes} NOT NULL)`,
	`CREATE TABLE statement (
		key {int} PRIMARY KEY,
		id {text} NOT NULL,
		content {text} NOT NULL,
		quoting {text} NOT NULL,
		mode {text} NOT NULL,
		force {text} NOT NULL,
		negated {int} NOT NULL,
		speaker {text} NOT NULL,
		kind {text} NOT NULL,
		said_from {text} NOT NULL,
		said_to {text} NOT NULL,
		score {real} NOT NULL,
		rest {text} NOT NULL)`,
	`CREATE TABLE event (
		key {int} PRIMARY KEY,
		kind {text} NOT NULL,
		rest {text} NOT NULL)`,
	`CREATE TABLE tombstone (
		id {text} PRIMARY KEY,
		reason {text} NOT NULL,
		added {text} NOT NULL){clustered}`,
	// Documents whose statements are not yet in the indexes below.
	`CREATE TABLE pending (document {int} PRIMARY KEY)`,
	`CREATE TABLE voice (
		folded {text} NOT NULL,
		day {text} NOT NULL,
		statement {int} NOT NULL,
		name {text} NOT NULL,
		PRIMARY KEY (folded, day, statement, name)){clustered}`,
	`CREATE TABLE statement_id (
		hash {int} NOT NULL,
		statement {int} NOT NULL,
		PRIMARY KEY (hash, statement)){clustered}`,
	wordsTable,
}

var format3 = []string{
	// Documents whose statements are not yet in the tables below, with the sums of what was added.
	`CREATE TABLE unlinked (document {int} PRIMARY KEY, sums {text} NOT NULL)`,
	`INSERT INTO unlinked(document, sums) SELECT number, document_sum || statements_sum FROM document`,
	// Counts the passes of linking, so that none builds on what another has changed.
	`CREATE TABLE linking (pass {int} NOT NULL, version {int} NOT NULL, cut {int} NOT NULL)`,
	`INSERT INTO linking(pass, version, cut) VALUES (0, 0, 0)`,
	// A wording: the same words by the same speaker, of the same day. Its number begins with the day.
	`CREATE TABLE wording (number {int} PRIMARY KEY, keys {bytes} NOT NULL)`,
	`CREATE TABLE member (wording {int} NOT NULL, statement {int} NOT NULL, PRIMARY KEY (wording, statement)){clustered}`,
	`CREATE TABLE worded (statement {int} PRIMARY KEY, wording {int} NOT NULL)`,
	// Wordings that have lost a statement since they were linked.
	`CREATE TABLE lost (wording {int} PRIMARY KEY)`,
	// Both ways.
	`CREATE TABLE link (a {int} NOT NULL, b {int} NOT NULL, sure {int} NOT NULL, likeness {real} NOT NULL, relation {text} NOT NULL, PRIMARY KEY (a, b)){clustered}`,
	// The first wording of the thread of a wording; none for a wording alone.
	`CREATE TABLE thread (wording {int} PRIMARY KEY, first {int} NOT NULL)`,
	`CREATE INDEX thread_first ON thread(first, wording)`,
	// The keys of the numbers of a statement, with the day of its report.
	`CREATE TABLE claim (key {int} NOT NULL, day {text} NOT NULL, statement {int} NOT NULL, PRIMARY KEY (key, day, statement)){clustered}`,
	`CREATE INDEX claim_statement ON claim(statement)`,
	// Who is quoted: by which name, in which role, in how many statements.
	`CREATE TABLE named (folded {text} NOT NULL, name {text} NOT NULL, role {text} NOT NULL, kind {text} NOT NULL, statements {int} NOT NULL,
		PRIMARY KEY (folded, name, role, kind)){clustered}`,
	`CREATE TABLE seen (folded {text} NOT NULL, role {text} NOT NULL, outlet {text} NOT NULL, day {text} NOT NULL, statements {int} NOT NULL, reports {int} NOT NULL,
		PRIMARY KEY (folded, role, outlet, day)){clustered}`,
	`CREATE TABLE name_key (key {int} NOT NULL, folded {text} NOT NULL, PRIMARY KEY (key, folded)){clustered}`,
}

var format3Down = []string{`DROP TABLE name_key`, `DROP TABLE seen`, `DROP TABLE named`, `DROP TABLE claim`, `DROP TABLE thread`, `DROP TABLE link`, `DROP TABLE lost`, `DROP TABLE worded`, `DROP TABLE member`, `DROP TABLE wording`,
	`DROP TABLE linking`, `DROP TABLE unlinked`}

var format4 = []string{
	wordsAgain,
	`ALTER TABLE unlinked ADD COLUMN day {text} NOT NULL DEFAULT ''`,
	`UPDATE unlinked SET day = (SELECT day FROM document WHERE number = unlinked.document)`,
	`CREATE INDEX unlinked_day ON unlinked(day, document)`,
	`ALTER TABLE wording ADD COLUMN who {int} NOT NULL DEFAULT 0`, // whoOf; links of format 3 are made again
	// What the threads of more than one report are sorted by; sums that are to be made, and how often that was noted.
	`CREATE TABLE thread_sum (first {int} PRIMARY KEY, reports {int} NOT NULL, statements {int} NOT NULL, altered {int} NOT NULL)`,
	`CREATE INDEX thread_sum_reports ON thread_sum(reports DESC, statements DESC, first)`,
	`CREATE INDEX thread_sum_altered ON thread_sum(altered DESC, reports DESC, statements DESC, first)`,
	`CREATE TABLE thread_changed (first {int} PRIMARY KEY, times {int} NOT NULL)`,
	// For Outlets and Stats.
	`CREATE INDEX document_count ON document(outlet, day, statements, version)`,
	`CREATE INDEX original_size ON original(size)`,
	`CREATE INDEX event_kind ON event(kind)`,
}

var format4Down = []string{`DROP INDEX event_kind`, `DROP INDEX original_size`, `DROP INDEX document_count`, `DROP TABLE thread_changed`, `DROP TABLE thread_sum`,
	`ALTER TABLE wording DROP COLUMN who`, `DROP INDEX unlinked_day`, `ALTER TABLE unlinked DROP COLUMN day`}

// wordsAgain stands for making the index of words anew, where that is needed.
const wordsAgain = "words again"

// wordsTable stands for the index of words, which each dialect makes its own way.
const wordsTable = "words"

// unlinkAll throws away all that is known of threads, numbers and speakers.
var unlinkAll = []string{`DELETE FROM thread_sum`, `DELETE FROM thread_changed`, `DELETE FROM name_key`, `DELETE FROM seen`, `DELETE FROM named`, `DELETE FROM claim`, `DELETE FROM thread`, `DELETE FROM link`, `DELETE FROM lost`, `DELETE FROM worded`, `DELETE FROM member`, `DELETE FROM wording`,
	`UPDATE linking SET pass = pass + 1, version = 0, cut = 0`, allUnlinked}

// All other SQL. ? is a value; {key} the column of the index of words that
// holds the statement.
const (
	isTombstone = `SELECT 1 FROM tombstone WHERE id = ?`
	findStored  = `SELECT number, day, sha256, published, document_sum, file, record, version, statements_sum, fetched FROM document WHERE id = ?`

	addOriginal = `INSERT INTO original(sha256, documents, size, bytes) VALUES (?, 1, ?, ?)
		ON CONFLICT (sha256) DO UPDATE SET documents = original.documents + 1`
	dropOriginal   = `UPDATE original SET documents = documents - 1 WHERE sha256 = ?`
	deleteOriginal = `DELETE FROM original WHERE sha256 = ? AND documents <= 0`

	addDocument = `INSERT INTO document(id, outlet, url, day, published, title, lang, file, record, sha256, version, about, statements, document_sum, statements_sum, added, fetched)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING number`
	changeDocument = `UPDATE document SET day = ?, published = ?, title = ?, lang = ?, file = ?, record = ?, sha256 = ?, version = ?, about = ?, statements = ?, document_sum = ?, statements_sum = ?, fetched = ?
		WHERE number = ?`
	changeStatements = `UPDATE document SET version = ?, statements = ?, statements_sum = ? WHERE number = ?`
	deleteDocument   = `DELETE FROM document WHERE number = ?`
	addReport        = `INSERT INTO report(document, layout, text) VALUES (?, ?, ?)`
	deleteReport     = `DELETE FROM report WHERE document = ?`

	addStatements = `INSERT INTO statement(key, id, content, quoting, mode, force, negated, speaker, kind, said_from, said_to, score, rest) VALUES `
	statementRows = `(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	addEvents     = `INSERT INTO event(key, kind, rest) VALUES `
	eventRows     = `(?, ?, ?)`
	addPending    = `INSERT INTO pending(document) VALUES (?)`
	addVoices     = `INSERT INTO voice(folded, day, statement, name) VALUES `
	voiceRows     = `(?, ?, ?, ?)`
	addIDs        = `INSERT INTO statement_id(hash, statement) VALUES `
	idRows        = `(?, ?)`

	deleteStatements = `DELETE FROM statement WHERE key BETWEEN ? AND ?`
	deleteEvents     = `DELETE FROM event WHERE key BETWEEN ? AND ?`
	deletePending    = `DELETE FROM pending WHERE document = ?`
	deleteWords      = `DELETE FROM words WHERE {key} = ?`
	deleteVoice      = `DELETE FROM voice WHERE folded = ? AND day = ? AND statement = ?`
	deleteID         = `DELETE FROM statement_id WHERE hash = ? AND statement = ?`
	addTombstone     = `INSERT INTO tombstone(id, reason, added) VALUES (?, ?, ?)`

	anyPending  = `SELECT EXISTS (SELECT 1 FROM pending)`
	somePending = `SELECT document FROM pending ORDER BY document LIMIT ?`
	allPending  = `INSERT INTO pending(document) SELECT number FROM document WHERE 1 = 1 ON CONFLICT DO NOTHING`

	addUnlinked    = `INSERT INTO unlinked(document, sums, day) VALUES (?, ?, ?)`
	deleteUnlinked = `DELETE FROM unlinked WHERE document = ?`
	takeUnlinked   = `DELETE FROM unlinked WHERE document = ? AND sums = ?`
	someUnlinked   = `SELECT document, day, sums FROM unlinked WHERE (day, document) > (?, ?) ORDER BY day, document LIMIT ?`
	allUnlinked    = `INSERT INTO unlinked(document, sums, day) SELECT number, document_sum || statements_sum, day FROM document WHERE 1 = 1 ON CONFLICT DO NOTHING`
	someLost       = `SELECT wording FROM lost ORDER BY wording LIMIT ?`
	anyUnlinked    = `SELECT EXISTS (SELECT 1 FROM unlinked) OR EXISTS (SELECT 1 FROM lost)`
	loseWordings   = `INSERT INTO lost(wording) SELECT DISTINCT wording FROM worded WHERE statement BETWEEN ? AND ? ON CONFLICT DO NOTHING`
	loseWording    = `INSERT INTO lost(wording) VALUES (?) ON CONFLICT DO NOTHING`
	membersOf      = `SELECT wording, statement FROM worded WHERE statement BETWEEN ? AND ?`
	deleteMember   = `DELETE FROM member WHERE wording = ? AND statement = ?`
	deleteWorded   = `DELETE FROM worded WHERE statement BETWEEN ? AND ?`
	deleteLost     = `DELETE FROM lost WHERE wording = ?`
	keysOfWording  = `SELECT keys FROM wording WHERE number = ?`
	anyMember      = `SELECT EXISTS (SELECT 1 FROM member WHERE wording = ?)`
	deleteWording  = `DELETE FROM wording WHERE number = ?`
	deleteLink     = `DELETE FROM link WHERE a = ? AND b = ?`
	deleteThread   = `DELETE FROM thread WHERE wording = ?`
	linksOf        = `SELECT b FROM link WHERE a = ?`
	passNow        = `SELECT pass, version FROM linking`
	nextPass       = `UPDATE linking SET pass = pass + 1, cut = cut + ? WHERE pass = ?`

	addWordings  = `INSERT INTO wording(number, who, keys) VALUES `
	wordingRows  = `(?, ?, ?)`
	addMembers   = `INSERT INTO member(wording, statement) VALUES `
	memberRows   = `(?, ?)`
	addWorded    = `INSERT INTO worded(statement, wording) VALUES `
	addLinks     = `INSERT INTO link(a, b, sure, likeness, relation) VALUES `
	linkRows     = `(?, ?, ?, ?, ?)`
	addThreads   = `INSERT INTO thread(wording, first) VALUES `
	threadRows   = `(?, ?)`
	whereThere   = ` ON CONFLICT DO NOTHING`
	replaceFirst = ` ON CONFLICT (wording) DO UPDATE SET first = excluded.first`

	wordingsOfDays = `SELECT number, who, keys FROM wording WHERE number >= ? AND number < ? ORDER BY number`
	saidOfWordings = `SELECT w.number, s.content, s.rest, d.day, d.lang FROM wording w
		JOIN statement s ON s.key = (SELECT min(m.statement) FROM member m WHERE m.wording = w.number)
		JOIN document d ON d.number = s.key >> 20 WHERE w.number IN `
	threadOfStatement = `SELECT i.statement, w.wording, coalesce(t.first, w.wording) FROM statement_id i JOIN statement s ON s.key = i.statement
		JOIN worded w ON w.statement = s.key LEFT JOIN thread t ON t.wording = w.wording WHERE i.hash = ? AND s.id = ?`
	wordingsOfThread     = `SELECT wording FROM thread WHERE first = ? UNION SELECT CAST(? AS BIGINT)`
	statementsOfWordings = `SELECT m.statement, d.published, d.id FROM member m JOIN document d ON d.number = m.statement >> 20 WHERE m.wording IN `
	linksOfMany          = `SELECT b FROM link WHERE a IN `
	sureLinksOf          = `SELECT a, b, relation, likeness FROM link WHERE sure = 1 AND a IN `
	reportsOfWordings    = `SELECT DISTINCT wording, statement >> 20 FROM member WHERE wording IN `
	threadsOf            = `SELECT wording, first FROM thread WHERE wording IN `

	addClaims    = `INSERT INTO claim(key, day, statement) VALUES `
	claimRows    = `(?, ?, ?)`
	deleteClaims = `DELETE FROM claim WHERE statement BETWEEN ? AND ?`

	newestClaims = `SELECT DISTINCT c.statement, c.day, d.id FROM claim c JOIN document d ON d.number = c.statement >> 20
		ORDER BY c.day DESC, d.id, c.statement LIMIT ?`
	claimsOfKeys = `SELECT c.key, c.statement, c.day, d.id FROM claim c JOIN document d ON d.number = c.statement >> 20
		WHERE c.day >= ? AND c.day <= ? AND c.key IN {keys} ORDER BY c.day DESC, d.id, c.statement LIMIT ?`
	claimsOfDocument = `SELECT DISTINCT c.statement, c.day, d.id FROM claim c JOIN document d ON d.number = c.statement >> 20
		WHERE c.statement BETWEEN ? AND ?`
	claimsFitting = `SELECT words.{key}, d.day, d.id FROM words JOIN document d ON d.number = words.{key} >> 20
		WHERE {fits} AND EXISTS (SELECT 1 FROM claim c WHERE c.statement = words.{key}) ORDER BY d.day DESC, d.id, words.{key} LIMIT ?`
	reportsFitting = `SELECT DISTINCT words.{key} >> 20 FROM words WHERE {fits} LIMIT ?`
	threadsOfMany  = `SELECT w.statement, coalesce(t.first, w.wording) FROM worded w LEFT JOIN thread t ON t.wording = w.wording WHERE w.statement IN `
	recordsOfKeys  = `SELECT ` + headColumns + `, s.key, s.id, s.content, s.rest FROM statement s JOIN document d ON d.number = s.key >> 20 WHERE s.key IN `

	addNamed     = `INSERT INTO named(folded, name, role, kind, statements) VALUES `
	namedRows    = `(?, ?, ?, ?, ?)`
	moreNamed    = ` ON CONFLICT (folded, name, role, kind) DO UPDATE SET statements = named.statements + excluded.statements`
	lessNamed    = `UPDATE named SET statements = statements - ? WHERE folded = ? AND name = ? AND role = ? AND kind = ?`
	deleteNamed  = `DELETE FROM named WHERE folded = ? AND name = ? AND role = ? AND kind = ? AND statements <= 0`
	namesOf      = `SELECT DISTINCT name FROM named WHERE folded = ?`
	namedOf      = `SELECT folded, name, role, kind, statements FROM named WHERE folded IN `
	namesOfKey   = `SELECT folded FROM name_key WHERE key = ? ORDER BY folded LIMIT ?`
	namesBetween = `SELECT folded FROM named WHERE folded BETWEEN ? AND ? GROUP BY folded ORDER BY sum(statements) DESC, folded LIMIT ?`
	seenOf       = `SELECT folded, role, outlet, coalesce(min(nullif(day, '')), ''), max(day), sum(statements), sum(reports) FROM seen
		WHERE folded IN {names} GROUP BY folded, role, outlet ORDER BY folded, role, outlet`
	spellingsOf   = `SELECT name, count(DISTINCT statement >> 20), count(*), coalesce(min(nullif(day, '')), ''), max(day) FROM voice WHERE folded = ? GROUP BY name ORDER BY name`
	reportsOf     = `SELECT count(DISTINCT statement >> 20) FROM voice WHERE folded IN `
	addSeen       = `INSERT INTO seen(folded, role, outlet, day, statements, reports) VALUES `
	seenRows      = `(?, ?, ?, ?, ?, ?)`
	moreSeen      = ` ON CONFLICT (folded, role, outlet, day) DO UPDATE SET statements = seen.statements + excluded.statements, reports = seen.reports + excluded.reports`
	lessSeen      = `UPDATE seen SET statements = statements - ?, reports = reports - ? WHERE folded = ? AND role = ? AND outlet = ? AND day = ?`
	deleteSeen    = `DELETE FROM seen WHERE folded = ? AND role = ? AND outlet = ? AND day = ? AND statements <= 0`
	addNameKeys   = `INSERT INTO name_key(key, folded) VALUES `
	nameKeyRows   = `(?, ?)`
	deleteNameKey = `DELETE FROM name_key WHERE key = ? AND folded = ?`

	headOfDocument  = `SELECT day, outlet, lang FROM document WHERE number = ?`
	statementsToSay = `SELECT key, id, content, rest FROM statement WHERE key BETWEEN ? AND ? ORDER BY key`
	eventsOf        = `SELECT rest FROM event WHERE key BETWEEN ? AND ? ORDER BY key`
	headColumns     = `d.id, d.file, d.record, d.url, d.outlet, d.title, d.lang, d.published, d.sha256, d.version, d.about`
	wholeDocument   = `SELECT ` + headColumns + `, d.number, d.added, d.day, d.document_sum, d.statements_sum, d.fetched, r.layout, r.text, o.bytes
		FROM document d JOIN report r ON r.document = d.number LEFT JOIN original o ON o.sha256 = d.sha256 WHERE d.id = ?`
	reportOfStatement = `SELECT d.id FROM statement_id i JOIN statement s ON s.key = i.statement
		JOIN document d ON d.number = s.key >> 20 WHERE i.hash = ? AND s.id = ?`
	originalBytes   = `SELECT bytes FROM original WHERE sha256 = ?`
	versionsOf      = `SELECT id FROM document WHERE url = ? AND url <> '' AND outlet = ? ORDER BY published, fetched, id`
	documentsBehind = `SELECT id FROM document WHERE id > ? ORDER BY id LIMIT ?`
	tombstonesAll   = `SELECT id, reason, added FROM tombstone ORDER BY id`
	olderThan       = `SELECT number, id FROM document WHERE number > ? AND version < ? ORDER BY number LIMIT ?`
)
