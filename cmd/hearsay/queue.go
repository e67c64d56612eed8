package main

import (
	"context"
	"sync"
)

// A queue is reports on their way from those who annotate to the one who keeps
// them. It is long, so that nobody waits while the ledger brings its indexes up
// to date, but does not hold more bytes than a few long reports have.
type queue struct {
	reports chan arrival
	parts   chan struct{} // one for each part of the bytes that it holds
	taking  sync.Mutex    // so that of two who want several parts, one gets them first
}

const (
	mostQueued  = 256       // reports
	queuedParts = 256       // of queuedPart bytes each
	queuedPart  = 256 << 10 // bytes
)

func newQueue() *queue {
	return &queue{reports: make(chan arrival, mostQueued), parts: make(chan struct{}, queuedParts)}
}

// put adds a report at the end. It is false where nobody waits any more.
func (q *queue) put(ctx context.Context, x arrival) bool {
	q.taking.Lock()
	for range x.parts() {
		if !send(ctx, q.parts, struct{}{}) {
			q.taking.Unlock()
			return false
		}
	}
	q.taking.Unlock()
	return send(ctx, q.reports, x)
}

// taken makes room for others.
func (q *queue) taken(x arrival) {
	for range x.parts() {
		<-q.parts
	}
}

// parts is how much of a queue a report takes: all of it at most.
func (x *arrival) parts() int {
	if x.doc == nil {
		return 0
	}
	return min((len(x.doc.Text)+len(x.doc.Original))/queuedPart, queuedParts)
}
