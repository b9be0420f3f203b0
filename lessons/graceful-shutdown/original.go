// Package lesson runs an HTTP server that knows how to stop.
package lesson

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Health answers /health, so that a load balancer can stop sending in time.
type Health struct {
	draining atomic.Bool
}

func (h *Health) ServeHTTP(w http.ResponseWriter, _ *http.Request) {
	status := "ok"
	if h.draining.Load() {
		w.WriteHeader(http.StatusServiceUnavailable)
		status = "draining"
	}
	fmt.Fprintf(w, "{\"status\":%q}\n", status)
}

// Run serves until ctx ends, which signal.NotifyContext lets SIGTERM do. From
// then on it takes no new requests. Those in flight may finish within grace;
// then the contexts of those that are left are cancelled, and Run waits for
// their handlers too.
func Run(ctx context.Context, ln net.Listener, handler http.Handler, health *Health, grace time.Duration) error {
	// The root of every request's context. It must not be a child of ctx: the
	// signal that begins the drain would cancel the very requests to be spared.
	requests, abort := context.WithCancel(context.Background())
	defer abort()
	srv := &http.Server{
		Handler:     handler,
		BaseContext: func(net.Listener) context.Context { return requests },
	}

	// With room for one, so this goroutine ends also when nobody receives.
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()

	select {
	case err := <-served:
		return err // the listener broke: there is nothing to drain
	case <-ctx.Done():
		// From now on Serve returns ErrServerClosed, long before the drain is over.
		// Returning from main there would cut everybody off.
	}

	health.draining.Store(true)
	inTime, cancel := context.WithTimeout(context.Background(), grace) // not of ctx: that one has ended
	defer cancel()

	// Closes the listener and idle connections, and waits for the others. inTime
	// bounds that wait, and only the wait: it reaches no handler.
	err := srv.Shutdown(inTime)
	if errors.Is(err, context.DeadlineExceeded) {
		abort()                                  // this does,
		err = srv.Shutdown(context.Background()) // and they still have to return
	}
	return err
}
