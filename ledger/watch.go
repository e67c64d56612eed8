package ledger

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// A Feed is one that is watched: what its readers call it, and the state of its
// polling, which whoever polls it keeps here from one time to the next.
type Feed struct {
	URL         string
	Title, Site string   // "" where unknown
	Folders     []string // in which it stands in the reader's list, outermost first

	Moved, ETag, Modified string
	Due, Polled, Changed  time.Time
	Failures              int
	Failure               string
	Gone                  bool
	Seen                  []byte // the entries that are known, in the form of whoever polls
}

// A Link is a page that a feed leads to and that is still to be fetched.
type Link struct {
	URL       string
	Feed      string    // its URL
	Published time.Time // as the feed says; zero where it does not
	Due       time.Time // not to be fetched before
	Tries     int       // that failed
}

// Feeds returns the feeds that are watched, by URL.
func (l *Ledger) Feeds(ctx context.Context) ([]Feed, error) { return l.feeds(ctx, l.read) }

func (l *Ledger) feeds(ctx context.Context, db asker) ([]Feed, error) {
	rows, err := db.QueryContext(ctx, allFeeds)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Feed
	for rows.Next() {
		var f Feed
		var folders, due, polled, changed string
		var seen []byte
		if err := rows.Scan(&f.URL, &f.Title, &f.Site, &folders, &f.Moved, &f.ETag, &f.Modified, &due, &polled, &changed, &f.Failures, &f.Failure, &f.Gone, &seen); err != nil {
			return nil, err
		}
		err := errors.Join(decode([]byte(folders), &f.Folders, "feed "+f.URL), moments([]string{due, polled, changed}, &f.Due, &f.Polled, &f.Changed))
		if len(seen) > 0 && err == nil {
			f.Seen, err = l.unzip.DecodeAll(seen, nil)
		}
		if err != nil {
			return nil, fmt.Errorf("feed %s: %w", f.URL, err)
		}
		out = append(out, f)
	}
	return out, rows.Err()
}

// moments reads times as they are stored.
func moments(stored []string, into ...*time.Time) (err error) {
	for i, s := range stored {
		if *into[i], err = unstamp(s); err != nil {
			return err
		}
	}
	return nil
}

// Watch adds feeds to those that are watched, and says how many were not yet.
// One that is watched keeps its state; a title, site or folders given now take
// the place of what it had.
func (l *Ledger) Watch(ctx context.Context, feeds ...Feed) (added int, err error) {
	err = l.change(ctx, func(t *tx) error {
		added = 0
		for i := range feeds {
			n, err := t.addFeed(&feeds[i])
			if err != nil {
				return err
			}
			added += int(n)
		}
		return nil
	})
	return added, err
}

func (t *tx) addFeed(f *Feed) (int64, error) {
	folders := valid(string(encode(append([]string{}, f.Folders...))))
	title := valid(f.Title)
	n, err := t.exec(addFeed, f.URL, title, f.Site, folders, f.Moved, valid(f.ETag), valid(f.Modified), utc(f.Due), utc(f.Polled), utc(f.Changed),
		f.Failures, valid(f.Failure), number(f.Gone), t.l.zipped(f.Seen))
	if err == nil && n == 0 {
		_, err = t.exec(nameFeed, title, title, f.Site, f.Site, folders, folders, f.URL)
	}
	return n, err
}

// zipped returns bytes as they are stored; none stay none.
func (l *Ledger) zipped(b []byte) []byte {
	if len(b) == 0 {
		return []byte{}
	}
	return l.zip.EncodeAll(b, nil)
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func utc(t time.Time) string { return stamp(t.UTC()) }

// Unwatch takes a feed out of those that are watched, and what was to be
// fetched for it. It is ErrNotFound where it is not watched.
func (l *Ledger) Unwatch(ctx context.Context, url string) error {
	return l.change(ctx, func(t *tx) error {
		n, err := t.exec(deleteFeed, url)
		if err == nil && n == 0 {
			err = fmt.Errorf("feed %s: %w", url, ErrNotFound)
		}
		if err == nil {
			_, err = t.exec(forgetAwaited, url)
		}
		return err
	})
}

// Polled keeps the state of a feed after a poll and the pages that it led to:
// both or nothing. Folders stay as they are. It does nothing for a feed that is not
// watched any more.
func (l *Ledger) Polled(ctx context.Context, f Feed, links []Link) error {
	return l.change(ctx, func(t *tx) error {
		n, err := t.exec(changeFeed, valid(f.Title), f.Site, f.Moved, valid(f.ETag), valid(f.Modified), utc(f.Due), utc(f.Polled), utc(f.Changed),
			f.Failures, valid(f.Failure), number(f.Gone), l.zipped(f.Seen), f.URL)
		if err != nil || n == 0 {
			return err
		}
		for i := range links {
			if err := t.await(&links[i]); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *tx) await(k *Link) error {
	_, err := t.exec(addAwaited, k.URL, k.Feed, stamp(k.Published), utc(k.Due), k.Tries)
	return err
}

// Links returns the pages that are still to be fetched.
func (l *Ledger) Links(ctx context.Context) ([]Link, error) { return l.links(ctx, l.read) }

func (l *Ledger) links(ctx context.Context, db asker) ([]Link, error) {
	rows, err := db.QueryContext(ctx, allAwaited)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []Link
	for rows.Next() {
		var k Link
		var published, due string
		if err := rows.Scan(&k.URL, &k.Feed, &published, &due, &k.Tries); err != nil {
			return nil, err
		}
		if err := moments([]string{published, due}, &k.Published, &k.Due); err != nil {
			return nil, fmt.Errorf("link %s: %w", k.URL, err)
		}
		out = append(out, k)
	}
	return out, rows.Err()
}

// Postpone keeps a page to be fetched at another time.
func (l *Ledger) Postpone(ctx context.Context, k Link) error {
	return l.change(ctx, func(t *tx) error { return t.await(&k) })
}

// Drop forgets pages that were to be fetched.
func (l *Ledger) Drop(ctx context.Context, urls ...string) error {
	return l.change(ctx, func(t *tx) error {
		for _, url := range urls {
			if _, err := t.exec(deleteAwaited, url); err != nil {
				return err
			}
		}
		return nil
	})
}

// A Taken is a file or page all of whose reports were added. It says nothing of
// what is in the ledger, and serves to pass over what has not changed.
type Taken struct {
	Key            string // of the name with all else that the reports depend on but the bytes
	Name           string
	Sum            string // SHA-256 of the bytes
	Size           int64
	Reports        int
	ETag, Modified string // of a page, as its host gave them
	At             time.Time
}

// Taken returns what was taken in under a key, nil for nothing.
func (l *Ledger) Taken(ctx context.Context, key string) (*Taken, error) {
	var k Taken
	var at string
	err := l.read.QueryRowContext(ctx, l.dialect.sql(findTaken), key).Scan(&k.Key, &k.Name, &k.Sum, &k.Size, &k.Reports, &k.ETag, &k.Modified, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err == nil {
		k.At, err = unstamp(at)
	}
	return &k, err
}

// Take notes what was taken in. A report of it that is removed later makes the
// ledger forget the note.
func (l *Ledger) Take(ctx context.Context, all ...Taken) error {
	return l.change(ctx, func(t *tx) error {
		for _, k := range all {
			if _, err := t.exec(addTaken, k.Key, valid(k.Name), k.Sum, k.Size, k.Reports, valid(k.ETag), valid(k.Modified), utc(k.At)); err != nil {
				return err
			}
		}
		return nil
	})
}

// forget forgets that the file of a report was taken in.
func (t *tx) forget(document int64) error {
	var file string
	if err := t.row(fileOfReport, document).Scan(&file); err != nil {
		return err
	}
	_, err := t.exec(forgetTaken, file)
	return err
}

// copyWatched copies the feeds and what is to be fetched for them.
func (l *Ledger) copyWatched(ctx context.Context, from *sql.Tx, to *Ledger) error {
	feeds, err := l.feeds(ctx, from)
	if err != nil {
		return err
	}
	links, err := l.links(ctx, from)
	if err != nil {
		return err
	}
	return to.change(ctx, func(t *tx) error {
		for i := range feeds {
			if _, err := t.addFeed(&feeds[i]); err != nil {
				return err
			}
		}
		for i := range links {
			if err := t.await(&links[i]); err != nil {
				return err
			}
		}
		return nil
	})
}
