// Package lesson asks again, beside the first request, when an answer is slow.
package lesson

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// AllFailed has the error of every attempt, in the order of the attempts.
type AllFailed []error

func (errs AllFailed) Error() string {
	return fmt.Sprintf("all %d attempts failed, the first with: %v", len(errs), errs[0])
}

// Get sends GET to url, once more whenever hedgeAfter has passed since the
// latest request, and at once when one has failed; max requests in all. The
// first answer wins. The caller must close its body.
func Get(ctx context.Context, client *http.Client, url string, hedgeAfter time.Duration, max int) (*http.Response, error) {
	type result struct {
		attempt int
		resp    *http.Response
		err     error
	}
	// Room for every attempt: a loser can always send, so its goroutine ends.
	results := make(chan result, max)

	// One cancel for each attempt. One context for all of them would be simpler,
	// and would take the winner's body away with the losers.
	cancels := make([]context.CancelFunc, 0, max)
	winner := -1
	defer func() {
		for attempt, cancel := range cancels {
			if attempt != winner {
				cancel()
			}
		}
	}()

	timer := time.NewTimer(hedgeAfter)
	defer timer.Stop()
	start := func() {
		attemptCtx, cancel := context.WithCancel(ctx)
		attempt := len(cancels)
		cancels = append(cancels, cancel)
		go func() {
			resp, err := send(attemptCtx, client, url)
			results <- result{attempt, resp, err}
		}()
		// The pause counts from the latest start. Before Go 1.23 a timer that had
		// fired unnoticed has to be drained, or it would fire twice.
		if !timer.Stop() {
			select {
			case <-timer.C:
			default:
			}
		}
		if len(cancels) < max {
			timer.Reset(hedgeAfter)
		}
	}

	start()
	errs := make(AllFailed, max)
	for failed := 0; failed < max; {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-timer.C:
			start() // only armed while another one may start
		case r := <-results:
			if r.err == nil {
				winner = r.attempt
				// Its context has to live as long as its body is read.
				r.resp.Body = &body{r.resp.Body, cancels[winner]}
				return r.resp, nil
			}
			errs[r.attempt] = r.err
			failed++
			if len(cancels) < max {
				start()
			}
		}
	}
	return nil, errs
}

func send(ctx context.Context, client *http.Client, url string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return nil, err
	}
	if resp.StatusCode >= 500 {
		resp.Body.Close()
		return nil, fmt.Errorf("%s: %s", url, resp.Status)
	}
	return resp, nil
}

// body releases the context of its request when it is closed.
type body struct {
	io.ReadCloser
	cancel context.CancelFunc
}

func (b *body) Close() error {
	defer b.cancel()
	return b.ReadCloser.Close()
}
