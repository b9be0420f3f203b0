// Package lesson works through a source of any length with a fixed number of
// items in flight.
package lesson

import (
	"context"
	"fmt"
	"sync"
)

// Source hands out items one at a time, in the manner of sql.Rows and
// bufio.Scanner. It may hold a file or a cursor, so it wants to be closed.
type Source[T any] interface {
	Next() bool // false at the end and after an error
	Item() T
	Err() error
	Close() error
}

// MapLimit calls fn for every item of src, with at most limit calls in flight,
// and returns the results in the order of the items. The first error cancels
// the context of the other calls; it is returned once all of them have returned.
func MapLimit[T, R any](ctx context.Context, src Source[T], limit int, fn func(context.Context, T) (R, error)) ([]R, error) {
	if limit < 1 {
		return nil, fmt.Errorf("limit must be at least 1, not %d", limit)
	}
	defer src.Close() // on every way out

	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	var (
		wg      sync.WaitGroup
		mu      sync.Mutex // guards results and first
		results []R
		first   error
	)
	fail := func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if first == nil {
			first = err
			cancel()
		}
	}

	// A send takes a slot and a receive gives it back.
	slots := make(chan struct{}, limit)
	for {
		// First a slot, then an item: nothing is pulled that cannot be started.
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		// With both cases ready, select picks one at random. So ask again.
		if ctx.Err() != nil || !src.Next() {
			break
		}
		item := src.Item()

		mu.Lock()
		index := len(results)
		var zero R
		results = append(results, zero) // may move the slice, hence the lock
		mu.Unlock()

		wg.Add(1)
		go func() {
			defer wg.Done()
			defer func() { <-slots }()
			result, err := fn(ctx, item)
			if err != nil {
				fail(err)
				return
			}
			mu.Lock()
			results[index] = result
			mu.Unlock()
		}()
	}
	if err := src.Err(); err != nil {
		fail(err)
	}

	// No goroutine of this call outlives it: the caller may now close what fn used.
	wg.Wait()
	if first == nil {
		first = ctx.Err() // nothing failed, but did the caller give up?
	}
	if first != nil {
		return nil, first
	}
	return results, nil
}
