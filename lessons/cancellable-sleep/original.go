// Package lesson waits for things, and stops waiting when it is told to.
package lesson

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Sleep waits for d or until ctx ends, whichever comes first.
func Sleep(ctx context.Context, d time.Duration) error {
	// select picks at random among the cases that are ready. A context that has
	// ended already must not lose that draw, however short d is.
	if err := ctx.Err(); err != nil {
		return err
	}
	// Not time.After: it keeps the timer to itself, and before Go 1.23 the runtime
	// held on to it until it fired, however early the sleeper had left.
	timer := time.NewTimer(d)
	defer timer.Stop()

	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Poll calls check until it reports ok or an error, or until ctx ends.
func Poll[T any](
	ctx context.Context,
	every time.Duration,
	check func(context.Context) (value T, ok bool, err error),
) (T, error) {
	// A loop cannot overtake itself. A time.Ticker would not start a second check
	// beside a slow one either, because it drops the ticks that nobody receives.
	for {
		value, ok, err := check(ctx) // with ctx, or an end of it would wait for the check
		if ok || err != nil {
			return value, err
		}
		if err := Sleep(ctx, every); err != nil {
			return value, err
		}
	}
}

// WaitHealthy polls a service until it says that it is up, every second. Each check
// has two seconds of its own: without them, one connection that hangs is the whole poll.
func WaitHealthy(ctx context.Context, client *http.Client, url string) (string, error) {
	return Poll(ctx, time.Second, func(ctx context.Context) (string, bool, error) {
		ctx, cancel := context.WithTimeout(ctx, 2*time.Second)
		defer cancel()
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
		if err != nil {
			return "", false, fmt.Errorf("wait healthy: %w", err) // will not get better
		}
		resp, err := client.Do(req)
		if err != nil {
			return "", false, nil // refused or too slow: not up yet
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		return string(body), err == nil && resp.StatusCode == http.StatusOK, nil
	})
}
