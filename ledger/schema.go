package ledger

// format is the number of the newest form of what is stored.
//
//	1  documents with their bytes, statements, events, tombstones, the indexes of words, voices and IDs
//	2  when documents were fetched; feeds, pages to be fetched for them, what was taken in as a whole
const format = 2

// A step leads from one format to the next and back.
type step struct {
	up, down []string
}

// steps[i] leads from format i to format i+1.
var steps = []step{{up: format1}, {up: watchUp, down: watchDown}}

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

// wordsTable stands for the index of words, which each dialect makes its own way.
const wordsTable = "words"

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
