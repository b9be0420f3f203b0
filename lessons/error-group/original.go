// Package lesson runs tasks that succeed or fail together.
package lesson

import (
	"context"
	"sync"
)

// Group is a set of tasks with one outcome. It is a smaller relative of
// golang.org/x/sync/errgroup: the task is given the context, and no task starts
// once that context has ended.
type Group struct {
	ctx    context.Context
	cancel context.CancelFunc
	slots  chan struct{} // nil where there is no limit
	tasks  sync.WaitGroup
	once   sync.Once
	err    error // written once; read only after tasks.Wait
}

// New returns a group whose context ends with the first error, with the end of
// parent, or when Wait has returned.
func New(parent context.Context) *Group {
	ctx, cancel := context.WithCancel(parent)
	return &Group{ctx: ctx, cancel: cancel}
}

// SetLimit bounds the tasks at work. It must come before the first Go.
func (g *Group) SetLimit(n int) { g.slots = make(chan struct{}, n) }

// Go starts task in a goroutine. At the limit it blocks until a slot is free:
// whoever produces tasks is slowed down to the pace of those who do them. For
// the same reason a task of a full group must not call Go: if all of them did,
// each would wait for another to end.
func (g *Group) Go(task func(context.Context) error) {
	if g.slots != nil {
		select {
		case g.slots <- struct{}{}:
		case <-g.ctx.Done():
			return
		}
	}
	g.tasks.Add(1) // before the go statement, or Wait could return too early
	go func() {
		defer g.tasks.Done()
		if g.slots != nil {
			defer func() { <-g.slots }()
		}
		// With both cases ready, the select above picks one at random. So ask again.
		if g.ctx.Err() != nil {
			return
		}
		if err := task(g.ctx); err != nil {
			g.fail(err)
		}
	}()
}

// fail keeps the first error. Those that follow are mostly its echoes: tasks
// that were told to stop and report context.Canceled.
func (g *Group) fail(err error) {
	g.once.Do(func() {
		g.err = err
		g.cancel()
	})
}

// Wait returns when every task has returned, with the first error.
func (g *Group) Wait() error {
	g.tasks.Wait()
	err := g.ctx.Err() // did the parent end? Read it before cancel hides it.
	g.cancel()         // also where all went well: it unhooks the group from its parent
	if g.err != nil {
		return g.err
	}
	return err
}

// Page is what one request needs from three services.
type Page struct{ Profile, Orders, Offers string }

// Load asks all three at once. Without any one of them there is no page, so the
// first error stops the other two.
func Load(ctx context.Context, ask func(context.Context, string) (string, error)) (Page, error) {
	var page Page
	g := New(ctx)
	for path, field := range map[string]*string{
		"/profile": &page.Profile,
		"/orders":  &page.Orders,
		"/offers":  &page.Offers,
	} {
		path, field := path, field // before Go 1.22 all iterations share one of each
		g.Go(func(ctx context.Context) (err error) {
			*field, err = ask(ctx, path)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return Page{}, err // and not ctx.Err(), which says only that it is over
	}
	return page, nil
}
