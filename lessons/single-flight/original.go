package lesson

import (
	"context"
	"sync"
)

// Group lets callers who want the same key at the same time share one load.
// Its zero value is of no use: set Load.
type Group[K comparable, V any] struct {
	Load func(ctx context.Context, key K) (V, error)

	mu      sync.Mutex
	flights map[K]*flight[V] // only those that may still be joined
}

type flight[V any] struct {
	cancel  context.CancelFunc
	done    chan struct{} // closed once value and err are set
	value   V
	err     error
	callers int // guarded by Group.mu
}

func (g *Group[K, V]) Get(ctx context.Context, key K) (V, error) {
	var zero V
	if err := ctx.Err(); err != nil {
		return zero, err
	}

	g.mu.Lock()
	f := g.flights[key]
	if f == nil {
		f = g.start(key)
	}
	f.callers++
	g.mu.Unlock()

	select {
	case <-f.done:
		return f.value, f.err
	case <-ctx.Done():
		g.leave(key, f)
		return zero, ctx.Err()
	}
}

// start is called with g.mu held, so nobody can look between the miss and the
// new entry.
func (g *Group[K, V]) start(key K) *flight[V] {
	// Not a child of the first caller's context: that would end the load for
	// everybody when the first one leaves.
	ctx, cancel := context.WithCancel(context.Background())
	f := &flight[V]{cancel: cancel, done: make(chan struct{})}
	if g.flights == nil {
		g.flights = make(map[K]*flight[V])
	}
	g.flights[key] = f
	go func() {
		defer cancel()
		f.value, f.err = g.Load(ctx, key)
		g.mu.Lock()
		g.forget(key, f)
		g.mu.Unlock()
		close(f.done) // forgotten first, so whoever is told may ask again
	}()
	return f
}

func (g *Group[K, V]) leave(key K, f *flight[V]) {
	g.mu.Lock()
	defer g.mu.Unlock()
	f.callers--
	if f.callers == 0 {
		g.forget(key, f) // from now on nobody can join it
		f.cancel()
	}
}

// forget leaves a newer flight of the same key alone.
func (g *Group[K, V]) forget(key K, f *flight[V]) {
	if g.flights[key] == f {
		delete(g.flights, key)
	}
}
