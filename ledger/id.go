package ledger

import (
	"context"
	"fmt"
	"strings"
)

// Name is the name that the ledger was opened by, without what may be a
// password.
func (l *Ledger) Name() string { return l.shown() }

const (
	reportsNamed    = `SELECT id FROM document WHERE id >= ? AND id < ? ORDER BY id LIMIT 3`
	statementsNamed = `SELECT id FROM statement WHERE id >= ? AND id < ? ORDER BY id LIMIT 3`
)

// wholeID is how long an ID is.
const wholeID = 24

// ReportID returns the ID of the only report whose ID begins so. It is
// ErrNotFound where there is none.
func (l *Ledger) ReportID(ctx context.Context, beginning string) (string, error) {
	return l.theOnly(ctx, "report", reportsNamed, beginning)
}

// StatementID returns the ID of the only statement whose ID begins so. It is
// ErrNotFound where there is none. It goes through all statements unless the ID
// is whole.
func (l *Ledger) StatementID(ctx context.Context, beginning string) (string, error) {
	return l.theOnly(ctx, "statement", statementsNamed, beginning)
}

func (l *Ledger) theOnly(ctx context.Context, what, q, beginning string) (string, error) {
	beginning = strings.ToLower(beginning)
	if len(beginning) >= wholeID || beginning == "" {
		return beginning, nil
	}
	found, err := collect[string](l.read.QueryContext(ctx, l.dialect.sql(q), beginning, beginning+"~"))
	switch {
	case err != nil:
		return "", err
	case len(found) == 0:
		return "", fmt.Errorf("%s %s: %w", what, beginning, ErrNotFound)
	case len(found) > 1:
		return "", fmt.Errorf("%s %s: several IDs begin so: %s", what, beginning, strings.Join(found, ", "))
	}
	return found[0], nil
}
