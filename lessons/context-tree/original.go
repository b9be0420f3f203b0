// Package lesson bounds the work of one incoming request by a tree of contexts.
package lesson

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"
)

const (
	pageBudget = 3 * time.Second // for the whole answer
	callBudget = 2 * time.Second // for each call behind it
)

// Page makes two calls, one after the other, and joins what they answer. It
// ends with ctx, and after three seconds at the latest.
func Page(ctx context.Context, client *http.Client, profileURL, feedURL string) (string, error) {
	// Deriving hooks the new context to ctx and arms a timer. Both are held until
	// the child ends, and that work has been done early ends nothing: only cancel
	// does. Deferred, it runs on every way out; go vet (lostcancel) reports a cancel
	// that is thrown away or not reached on every path.
	ctx, cancel := context.WithTimeout(ctx, pageBudget)
	defer cancel()

	profile, err := get(ctx, client, profileURL)
	if err != nil {
		return "", fmt.Errorf("profile: %w", err)
	}
	feed, err := get(ctx, client, feedURL)
	if err != nil {
		return "", fmt.Errorf("feed: %w", err)
	}
	return profile + "\n" + feed, nil
}

// get reads one resource within its own budget, or within what is left of the
// page's: a child can shorten its parent's deadline and never extend it.
func get(ctx context.Context, client *http.Client, url string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, callBudget)
	defer cancel() // after the body was read: cancelling earlier would break the read

	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req) // gives the connection up when ctx ends
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()

	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return "", err
	}
	return string(body), nil
}

// StatusFor turns the way in which a request ended into an answer for its client.
// Cancelled and too late are different facts: one is the caller's wish, the other
// is ours to explain.
func StatusFor(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case errors.Is(err, context.DeadlineExceeded):
		return http.StatusGatewayTimeout
	case errors.Is(err, context.Canceled):
		return 499 // nobody is listening any more; the number is nginx's
	default:
		return http.StatusBadGateway
	}
}
