// Package lesson asks many servers at once and returns what arrived in time.
package lesson

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// FanOutFetch fetches every URL concurrently. The bodies come back in the order
// in which they were complete. The error is nil when every request has ended
// before the timeout, context.DeadlineExceeded when the timeout struck, and
// context.Canceled when the caller gave up first. In either case the bodies
// that had arrived are returned with it.
func FanOutFetch(ctx context.Context, client *http.Client, urls []string, timeout time.Duration) ([]string, error) {
	// A child of the caller's context: it ends at the timeout or when the caller's
	// does. cancel releases its timer and unhooks it from the parent; deferred, it
	// runs on every way out.
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	// One slot per sender: no goroutine can ever block here, even if the receiver
	// were gone. That is what makes a select around the send unnecessary.
	bodies := make(chan string, len(urls))

	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1) // before the go statement, or Wait could return too early
		go func(url string) {
			defer wg.Done()
			if body, err := fetchBody(ctx, client, url); err == nil {
				bodies <- body
			}
		}(url) // a copy: before Go 1.22 all iterations share one url
	}

	// Only the side that knows that no send is left may close. It must not be this
	// goroutine, which is about to receive.
	go func() {
		wg.Wait()
		close(bodies)
	}()

	var results []string
	for body := range bodies {
		results = append(results, body)
	}
	return results, ctx.Err() // evaluated before the deferred cancel runs
}

// fetchBody returns the whole body of a 2xx answer.
func fetchBody(ctx context.Context, client *http.Client, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := client.Do(req) // returns as soon as the headers are in
	if err != nil {
		return "", err
	}
	defer resp.Body.Close() // also when the status makes the body worthless

	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return "", fmt.Errorf("%s: %s", url, resp.Status)
	}
	body, err := io.ReadAll(resp.Body) // ctx still applies here
	if err != nil {
		return "", err
	}
	return string(body), nil
}
