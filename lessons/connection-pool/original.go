package lesson

import (
	"container/list"
	"context"
	"errors"
	"sync"
	"time"
)

var ErrClosed = errors.New("pool: closed")

type Conn interface {
	Healthy() bool
	Close()
}

type Dial func(ctx context.Context, host string) (Conn, error)

type Limits struct {
	MaxPerHost, MaxIdlePerHost, MaxIdle int
	IdleTimeout                         time.Duration
}

type Pool struct {
	dial   Dial
	limits Limits
	done   chan struct{} // closed by Close

	mu    sync.Mutex // guards everything below
	hosts map[string]*host
	inUse map[Conn]*host
	idle  list.List // of *idleConn, all hosts, least recently used first
}

type host struct {
	name  string
	slots int         // taken: in use, idle, or being dialed
	idle  []*idleConn // most recently used last
	line  list.List   // of chan Conn, longest waiting first
}

type idleConn struct {
	conn  Conn
	host  *host
	timer *time.Timer
	place *list.Element // in Pool.idle
}

func New(dial Dial, limits Limits) *Pool {
	return &Pool{
		dial:   dial,
		limits: limits,
		done:   make(chan struct{}),
		hosts:  make(map[string]*host),
		inUse:  make(map[Conn]*host),
	}
}

func (p *Pool) Acquire(ctx context.Context, name string) (Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	if p.isClosed() {
		p.mu.Unlock()
		return nil, ErrClosed
	}
	h := p.hosts[name]
	if h == nil {
		h = &host{name: name}
		p.hosts[name] = h
	}
	for len(h.idle) > 0 {
		ic := h.idle[len(h.idle)-1]
		p.unpark(ic)
		if ic.conn.Healthy() {
			p.inUse[ic.conn] = h
			p.mu.Unlock()
			return ic.conn, nil
		}
		ic.conn.Close()
		h.slots--
	}
	if h.slots < p.limits.MaxPerHost {
		h.slots++
		p.mu.Unlock()
		return p.open(ctx, h)
	}
	// Room for one value, so that granting never blocks whoever grants.
	turn := make(chan Conn, 1)
	place := h.line.PushBack(turn)
	p.mu.Unlock()

	select {
	case c, ok := <-turn:
		return p.takeTurn(ctx, h, c, ok)
	case <-ctx.Done():
		p.mu.Lock()
		h.line.Remove(place) // does nothing if the turn came first
		p.mu.Unlock()
		// Turns are granted under the lock. One that was granted before we
		// left the line is in the channel by now, and must not be lost.
		select {
		case c, ok := <-turn:
			if ok && c != nil {
				p.Release(c)
			} else if ok {
				p.freeSlot(h)
			}
		default:
		}
		return nil, ctx.Err()
	}
}

// takeTurn: a connection is the caller's own, nil is a slot to dial in, and a
// closed channel is a closed pool.
func (p *Pool) takeTurn(ctx context.Context, h *host, c Conn, ok bool) (Conn, error) {
	switch {
	case !ok:
		return nil, ErrClosed
	case c != nil:
		return c, nil
	default:
		return p.open(ctx, h)
	}
}

// open dials, in a slot that has been taken for it.
func (p *Pool) open(ctx context.Context, h *host) (Conn, error) {
	dialCtx, cancel := context.WithCancel(ctx)
	defer cancel() // if we leave first, the dial hears of it

	// Without a buffer, a connection changes hands or it does not: there is no
	// moment in which it lies in the channel and belongs to nobody.
	arrived := make(chan Conn)
	failed := make(chan error, 1)
	go func() {
		c, err := p.dial(dialCtx, h.name)
		if err != nil {
			failed <- err
			p.freeSlot(h)
			return
		}
		select {
		case arrived <- c:
		case <-dialCtx.Done(): // too late, the caller has gone
			c.Close()
			p.freeSlot(h)
		}
	}()

	select {
	case c := <-arrived:
		p.mu.Lock()
		p.inUse[c] = h
		p.mu.Unlock()
		return c, nil
	case err := <-failed:
		if ctx.Err() != nil {
			err = ctx.Err() // the dial failed because we gave up
		}
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.done:
		return nil, ErrClosed
	}
}

func (p *Pool) Release(c Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.inUse[c]
	if h == nil {
		return // not in use: a second Release must not make two of it
	}
	if p.isClosed() || !c.Healthy() {
		delete(p.inUse, c)
		c.Close()
		p.freeSlotLocked(h)
		return
	}
	if first := h.line.Front(); first != nil {
		h.line.Remove(first).(chan Conn) <- c // stays in use, by somebody else
		return
	}
	delete(p.inUse, c)
	ic := &idleConn{conn: c, host: h}
	// Stop may come too late for a timer whose function has already been
	// started and waits for the lock. So the function looks again.
	ic.timer = time.AfterFunc(p.limits.IdleTimeout, func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		if ic.place != nil {
			p.closeIdle(ic)
		}
	})
	ic.place = p.idle.PushBack(ic)
	h.idle = append(h.idle, ic)
	if len(h.idle) > p.limits.MaxIdlePerHost {
		p.closeIdle(h.idle[0])
	}
	if p.idle.Len() > p.limits.MaxIdle {
		p.closeIdle(p.idle.Front().Value.(*idleConn))
	}
}

func (p *Pool) Close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.isClosed() {
		return
	}
	close(p.done)
	for p.idle.Len() > 0 {
		p.closeIdle(p.idle.Front().Value.(*idleConn))
	}
	for _, h := range p.hosts {
		for h.line.Len() > 0 {
			close(h.line.Remove(h.line.Front()).(chan Conn))
		}
	}
}

func (p *Pool) freeSlot(h *host) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.freeSlotLocked(h)
}

// freeSlotLocked passes the slot straight on to the first in line, if any.
func (p *Pool) freeSlotLocked(h *host) {
	if first := h.line.Front(); first != nil {
		h.line.Remove(first).(chan Conn) <- nil
		return
	}
	h.slots--
}

func (p *Pool) closeIdle(ic *idleConn) {
	p.unpark(ic)
	ic.conn.Close()
	ic.host.slots-- // nobody is in line: there was an idle connection
}

func (p *Pool) unpark(ic *idleConn) {
	ic.timer.Stop()
	p.idle.Remove(ic.place)
	ic.place = nil
	for i, other := range ic.host.idle {
		if other == ic {
			ic.host.idle = append(ic.host.idle[:i], ic.host.idle[i+1:]...)
			break
		}
	}
}

func (p *Pool) isClosed() bool {
	select {
	case <-p.done:
		return true
	default:
		return false
	}
}
