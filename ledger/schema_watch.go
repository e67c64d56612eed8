package ledger

// watchUp adds the feeds that are watched, what is to be fetched for them, what
// was taken in as a whole, and when reports were fetched.
var watchUp = []string{
	`ALTER TABLE document ADD COLUMN fetched {text} NOT NULL DEFAULT ''`,
	`CREATE TABLE feed (
		url {text} PRIMARY KEY,
		title {text} NOT NULL,
		site {text} NOT NULL,
		folders {text} NOT NULL,
		moved {text} NOT NULL,
		etag {text} NOT NULL,
		modified {text} NOT NULL,
		due {text} NOT NULL,
		polled {text} NOT NULL,
		changed {text} NOT NULL,
		failures {int} NOT NULL,
		failure {text} NOT NULL,
		gone {int} NOT NULL,
		seen {bytes} NOT NULL)`,
	// Pages that feeds lead to and that are still to be fetched.
	`CREATE TABLE awaited (
		url {text} PRIMARY KEY,
		feed {text} NOT NULL,
		published {text} NOT NULL,
		due {text} NOT NULL,
		tries {int} NOT NULL)`,
	`CREATE TABLE taken (
		key {text} PRIMARY KEY,
		name {text} NOT NULL,
		sum {text} NOT NULL,
		size {int} NOT NULL,
		reports {int} NOT NULL,
		etag {text} NOT NULL,
		modified {text} NOT NULL,
		at {text} NOT NULL)`,
	`CREATE INDEX taken_name ON taken(name)`,
}

var watchDown = []string{`DROP TABLE taken`, `DROP TABLE awaited`, `DROP TABLE feed`, `ALTER TABLE document DROP COLUMN fetched`}

const (
	allFeeds = `SELECT url, title, site, folders, moved, etag, modified, due, polled, changed, failures, failure, gone, seen FROM feed ORDER BY url`
	addFeed  = `INSERT INTO feed(url, title, site, folders, moved, etag, modified, due, polled, changed, failures, failure, gone, seen)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`
	nameFeed = `UPDATE feed SET title = CASE WHEN ? <> '' THEN ? ELSE title END, site = CASE WHEN ? <> '' THEN ? ELSE site END,
		folders = CASE WHEN ? <> '[]' THEN ? ELSE folders END WHERE url = ?`
	changeFeed = `UPDATE feed SET title = ?, site = ?, moved = ?, etag = ?, modified = ?, due = ?, polled = ?, changed = ?, failures = ?, failure = ?, gone = ?, seen = ?
		WHERE url = ?`
	deleteFeed = `DELETE FROM feed WHERE url = ?`

	allAwaited = `SELECT url, feed, published, due, tries FROM awaited ORDER BY url`
	addAwaited = `INSERT INTO awaited(url, feed, published, due, tries) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (url) DO UPDATE SET due = excluded.due, tries = excluded.tries`
	deleteAwaited = `DELETE FROM awaited WHERE url = ?`
	forgetAwaited = `DELETE FROM awaited WHERE feed = ?`

	findTaken = `SELECT key, name, sum, size, reports, etag, modified, at FROM taken WHERE key = ?`
	addTaken  = `INSERT INTO taken(key, name, sum, size, reports, etag, modified, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (key) DO UPDATE SET sum = excluded.sum, size = excluded.size, reports = excluded.reports, etag = excluded.etag, modified = excluded.modified, at = excluded.at`
	forgetTaken = `DELETE FROM taken WHERE name = ?`

	versionsAt = `SELECT outlet, id FROM document WHERE url = ? AND url <> '' ORDER BY outlet, published, fetched, id`

	setFetched   = `UPDATE document SET fetched = ? WHERE number = ?`
	fileOfReport = `SELECT file FROM document WHERE number = ?`
)
