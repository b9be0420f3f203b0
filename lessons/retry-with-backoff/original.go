// Package lesson sends alerts by mail, and tries again while that may help.
package lesson

import (
	"context"
	"errors"
	"math/rand"
	"net/textproto"
	"time"
)

type Backoff struct {
	Attempts  int // the first one included
	Base, Max time.Duration
	Retryable func(error) bool
}

// Retry calls op until it succeeds, waiting longer after each failure.
func Retry(ctx context.Context, b Backoff, op func(ctx context.Context, attempt int) error) error {
	// A source of its own: before Go 1.20 the functions of math/rand gave the same
	// numbers in every process that had not called Seed, and a hundred replicas
	// would have agreed on their jitter.
	random := rand.New(rand.NewSource(time.Now().UnixNano()))

	if ctx.Err() != nil {
		return ctx.Err() // nobody wants even the first attempt
	}
	ceiling := b.Base
	for attempt := 1; ; attempt++ {
		err := op(ctx, attempt)
		if err == nil {
			return nil
		}
		// Ask ctx, not err. An attempt may have had a deadline of its own, and then
		// errors.Is(err, context.DeadlineExceeded) says nothing about the caller.
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if attempt == b.Attempts || !b.Retryable(err) {
			return err // as it is: callers look into it
		}
		if ceiling > b.Max {
			ceiling = b.Max
		}
		if err := sleep(ctx, time.Duration(random.Float64()*float64(ceiling))); err != nil {
			return err
		}
		ceiling *= 2 // from a value that was capped, so it never overflows
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err() // both may have been ready, and select picks at random
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Notifier hands alerts to a mail server.
type Notifier struct {
	Deliver func(ctx context.Context, alert string) error
}

// Send gives each attempt two seconds, and all of them together what ctx has left.
func (n *Notifier) Send(ctx context.Context, alert string) error {
	backoff := Backoff{Attempts: 5, Base: 100 * time.Millisecond, Max: 2 * time.Second, Retryable: temporary}
	return Retry(ctx, backoff, func(ctx context.Context, _ int) error {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		return n.Deliver(ctx, alert)
	})
}

// temporary tells a server that is busy (SMTP's 4yz) from one that will never
// take this mail (5yz). What is no answer at all may be better next time.
func temporary(err error) bool {
	var reply *textproto.Error
	return !errors.As(err, &reply) || reply.Code < 500
}
