// Package lesson puts a closed loop of load on a server and measures it.
package lesson

import (
	"context"
	"errors"
	"sort"
	"sync"
	"time"
)

// Send makes one request and returns when it has ended. It obeys ctx.
type Send func(ctx context.Context) error

type Options struct {
	Connections int           // 100 is usual
	Duration    time.Duration // of the run
	Timeout     time.Duration // of each request; 3 s is usual
}

type Report struct {
	Requests, Timeouts, Errors int
	QPS                        float64
	P50, P99, Max              time.Duration
}

// tally is what one connection has seen. Each goroutine has its own, so nothing
// is shared, and no lock falls into the time that is measured.
type tally struct {
	latencies        []time.Duration // of successes
	timeouts, errors int
}

// Run returns the report, or ctx's error, once every request has ended.
func Run(ctx context.Context, send Send, o Options) (Report, error) {
	run, cancel := context.WithTimeout(ctx, o.Duration)
	defer cancel()

	tallies := make([]tally, o.Connections)
	var wg sync.WaitGroup
	for i := range tallies {
		wg.Add(1)
		go func(t *tally) {
			defer wg.Done()
			for run.Err() == nil {
				t.one(run, send, o.Timeout)
			}
		}(&tallies[i])
	}
	wg.Wait() // those in flight at the end have been cancelled, and are awaited

	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	return summarize(tallies, o.Duration), nil
}

func (t *tally) one(run context.Context, send Send, timeout time.Duration) {
	ctx, cancel := context.WithTimeout(run, timeout)
	defer cancel()

	start := time.Now() // carries a monotonic reading, which no clock adjustment moves
	err := send(ctx)
	took := time.Since(start)

	// The run's end is also a DeadlineExceeded, so ask first whose deadline it was.
	// After that, ask the context and not the error: an answer may come too late,
	// and a server may report a timeout of its own.
	switch {
	case run.Err() != nil: // cut off: it says nothing about the server
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		t.timeouts++
	case err != nil:
		t.errors++
		if took < time.Millisecond {
			rest(run, time.Millisecond)
		}
	default:
		t.latencies = append(t.latencies, took)
	}
}

// rest keeps a server that refuses everything from turning the loop into a spin.
func rest(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func summarize(tallies []tally, d time.Duration) Report {
	var r Report
	var all []time.Duration
	for _, t := range tallies {
		all = append(all, t.latencies...)
		r.Timeouts += t.timeouts
		r.Errors += t.errors
	}
	sort.Slice(all, func(i, j int) bool { return all[i] < all[j] })
	r.Requests = len(all)
	r.QPS = float64(len(all)) / d.Seconds()
	r.P50, r.P99, r.Max = rank(all, 50), rank(all, 99), rank(all, 100)
	return r
}

// rank is the nearest-rank percentile: a value that was measured, never one in
// between. Whole numbers keep the rounding up exact.
func rank(sorted []time.Duration, percent int) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[(percent*len(sorted)+99)/100-1]
}
