package lesson

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Semaphore holds one value for each permit that is in use. Its capacity is
// the number of permits, and a full buffer makes the next sender wait.
type Semaphore chan struct{}

func NewSemaphore(permits int) Semaphore {
	return make(Semaphore, permits)
}

// Acquire waits for a permit, or for the end of ctx, and returns a function
// that gives the permit back.
func (s Semaphore) Acquire(ctx context.Context) (release func(), err error) {
	// If both cases below are ready, select picks one at random. Without this
	// line a context that ended long ago would get a permit every other time.
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case s <- struct{}{}:
		// The permit is ours from the moment the value is in the buffer, and
		// only then. If the other case wins, nothing was sent.
		var once sync.Once
		return func() { once.Do(func() { <-s }) }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Limit lets so many requests into next as the semaphore has permits. A
// request that has waited three seconds for its turn is told to come back
// later, and one whose client hangs up leaves the line.
func Limit(s Semaphore, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 3*time.Second)
		defer cancel()
		release, err := s.Acquire(ctx)
		if err != nil {
			w.Header().Set("Retry-After", "1")
			http.Error(w, "busy", http.StatusServiceUnavailable)
			return
		}
		defer release() // also when next panics
		next.ServeHTTP(w, r)
	})
}
