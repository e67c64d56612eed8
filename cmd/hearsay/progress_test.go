package main

import (
	"testing"
	"time"
)

func TestProgressOfAdding(t *testing.T) {
	p := &progress{adding: true, files: 12, file: 3, reports: 300, statements: 4100, bytes: 1e6, total: 3e6}
	for elapsed, want := range map[time.Duration]string{
		30 * time.Second: "adding file 3 of 12, 300 reports, 4100 statements, 10 reports/s, 60 s left",
		10 * time.Second: "adding file 3 of 12, 300 reports, 4100 statements, 30 reports/s, 20 s left",
		3 * time.Minute:  "adding file 3 of 12, 300 reports, 4100 statements, 2 reports/s, 6 min left",
		5 * time.Hour:    "adding file 3 of 12, 300 reports, 4100 statements, 0 reports/s, 10 h left",
	} {
		if got := p.line(elapsed); got != want {
			t.Errorf("after %v: %q, want %q", elapsed, got, want)
		}
	}
	p.total = 0 // where it is not known the files count
	if got, want := p.line(time.Minute), "adding file 3 of 12, 300 reports, 4100 statements, 5 reports/s, 5 min left"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
